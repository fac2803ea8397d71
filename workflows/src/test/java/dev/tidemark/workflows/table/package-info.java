/** Workflows of this part, run against a server that skips time, with activities written for it. */
@NullMarked
package dev.tidemark.workflows.table;

import org.jspecify.annotations.NullMarked;
