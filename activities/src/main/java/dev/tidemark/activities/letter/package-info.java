/** Trying dead letters again. */
@NullMarked
package dev.tidemark.activities.letter;

import org.jspecify.annotations.NullMarked;
