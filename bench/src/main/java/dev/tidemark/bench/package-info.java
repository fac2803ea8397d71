/** Side-by-side benchmarks, run by hand. */
@NullMarked
package dev.tidemark.bench;

import org.jspecify.annotations.NullMarked;
