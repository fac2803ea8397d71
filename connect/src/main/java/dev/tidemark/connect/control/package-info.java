/** The control database: the archive of batches, API keys, idempotency keys. */
@NullMarked
package dev.tidemark.connect.control;

import org.jspecify.annotations.NullMarked;
