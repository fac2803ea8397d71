/** Batches: planning, archiving, telling people. */
@NullMarked
package dev.tidemark.activities.batch;

import org.jspecify.annotations.NullMarked;
