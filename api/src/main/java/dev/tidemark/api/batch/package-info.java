/** Batches over HTTP. */
@NullMarked
package dev.tidemark.api.batch;

import org.jspecify.annotations.NullMarked;
