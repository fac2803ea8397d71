/** Dead letters over HTTP. */
@NullMarked
package dev.tidemark.api.letter;

import org.jspecify.annotations.NullMarked;
