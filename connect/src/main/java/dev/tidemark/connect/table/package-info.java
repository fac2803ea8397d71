/**
 * The words in which tables are spoken of: shapes, mappings, keys, streams of rows; and {@link
 * Dialect}, by which a database is asked and written to. Knows no database of its own.
 */
@NullMarked
package dev.tidemark.connect.table;

import org.jspecify.annotations.NullMarked;
