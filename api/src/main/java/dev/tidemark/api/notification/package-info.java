/** Notifications over HTTP. */
@NullMarked
package dev.tidemark.api.notification;

import org.jspecify.annotations.NullMarked;
