/** What batches are told. */
@NullMarked
package dev.tidemark.specs.batch;

import org.jspecify.annotations.NullMarked;
