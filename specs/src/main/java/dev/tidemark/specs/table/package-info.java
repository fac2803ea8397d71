/** What syncs of tables are told. */
@NullMarked
package dev.tidemark.specs.table;

import org.jspecify.annotations.NullMarked;
