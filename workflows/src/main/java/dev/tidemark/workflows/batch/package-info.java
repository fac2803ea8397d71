/** Batches: many tables of many sources into one target. */
@NullMarked
package dev.tidemark.workflows.batch;

import org.jspecify.annotations.NullMarked;
