/** Batches that start by themselves. */
@NullMarked
package dev.tidemark.workflows.schedule;

import org.jspecify.annotations.NullMarked;
