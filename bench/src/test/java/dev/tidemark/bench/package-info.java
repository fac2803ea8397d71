/** Benchmarks that prove something, short enough for every build. */
@NullMarked
package dev.tidemark.bench;

import org.jspecify.annotations.NullMarked;
