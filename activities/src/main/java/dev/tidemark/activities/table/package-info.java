/** Copying one table: chunk by chunk, from checkpoint to checkpoint. */
@NullMarked
package dev.tidemark.activities.table;

import org.jspecify.annotations.NullMarked;
