/** Syncing one table: what it is told, what it says while it runs, and what it answers. */
@NullMarked
package dev.tidemark.workflows.table;

import org.jspecify.annotations.NullMarked;
