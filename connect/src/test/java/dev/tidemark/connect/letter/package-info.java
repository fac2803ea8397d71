/** Dead letters. */
@NullMarked
package dev.tidemark.connect.letter;

import org.jspecify.annotations.NullMarked;
