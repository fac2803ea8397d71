/** Dead letters against real servers. */
@NullMarked
package dev.tidemark.activities.letter;

import org.jspecify.annotations.NullMarked;
