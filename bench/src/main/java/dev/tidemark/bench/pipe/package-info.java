/** The engine against the databases' own bulk commands. */
@NullMarked
package dev.tidemark.bench.pipe;

import org.jspecify.annotations.NullMarked;
