/** The comparison against the databases' own scan of the table. */
@NullMarked
package dev.tidemark.bench.diff;

import org.jspecify.annotations.NullMarked;
