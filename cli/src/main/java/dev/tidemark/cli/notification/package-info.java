/** Commands that try out notifications. */
@NullMarked
package dev.tidemark.cli.notification;

import org.jspecify.annotations.NullMarked;
