/** A pass over the rows that changed against the databases' own bulk commands. */
@NullMarked
package dev.tidemark.bench.resync;

import org.jspecify.annotations.NullMarked;
