/** Whole batches, by way of Temporal and a worker. */
@NullMarked
package dev.tidemark.bench.batch;

import org.jspecify.annotations.NullMarked;
