/** How much memory a worker takes for a table of any size. */
@NullMarked
package dev.tidemark.bench.heap;

import org.jspecify.annotations.NullMarked;
