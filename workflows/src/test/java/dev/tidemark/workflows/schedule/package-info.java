/** Tests of scheduled batches. */
@NullMarked
package dev.tidemark.workflows.schedule;

import org.jspecify.annotations.NullMarked;
