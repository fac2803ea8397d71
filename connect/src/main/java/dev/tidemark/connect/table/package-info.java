/** Tables: their shapes in the catalogs, how their rows are read, moved, merged and compared. */
@NullMarked
package dev.tidemark.connect.table;

import org.jspecify.annotations.NullMarked;
