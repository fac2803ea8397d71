/**
 * Lock, checkpoint and fence of a slice: one row in the target's own database, so that rows and
 * cursor commit together and nobody else's do.
 */
@NullMarked
package dev.tidemark.connect.checkpoint;

import org.jspecify.annotations.NullMarked;
