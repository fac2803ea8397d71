/** Keeping the archive of finished batches true and small. */
@NullMarked
package dev.tidemark.activities.retention;

import org.jspecify.annotations.NullMarked;
