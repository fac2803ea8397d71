/** Commands that start, follow and show batches and single tables. */
@NullMarked
package dev.tidemark.cli.batch;

import org.jspecify.annotations.NullMarked;
