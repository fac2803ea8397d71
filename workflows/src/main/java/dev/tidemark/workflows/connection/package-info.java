/** How every process reaches Temporal. */
@NullMarked
package dev.tidemark.workflows.connection;

import org.jspecify.annotations.NullMarked;
