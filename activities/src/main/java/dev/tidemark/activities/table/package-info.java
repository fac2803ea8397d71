/** Copying one table. */
@NullMarked
package dev.tidemark.activities.table;

import org.jspecify.annotations.NullMarked;
