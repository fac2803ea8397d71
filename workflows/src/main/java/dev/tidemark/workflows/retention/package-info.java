/** Keeping the archive of finished batches true and small. */
@NullMarked
package dev.tidemark.workflows.retention;

import org.jspecify.annotations.NullMarked;
