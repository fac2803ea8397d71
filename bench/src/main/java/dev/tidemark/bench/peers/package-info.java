/** Other ways to copy the same table, side by side. */
@NullMarked
package dev.tidemark.bench.peers;

import org.jspecify.annotations.NullMarked;
