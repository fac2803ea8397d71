/** What tables are called, and which of them a database has. */
@NullMarked
package dev.tidemark.connect.catalog;

import org.jspecify.annotations.NullMarked;
