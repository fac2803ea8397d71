/** Trying out who is told what. */
@NullMarked
package dev.tidemark.workflows.notification;

import org.jspecify.annotations.NullMarked;
