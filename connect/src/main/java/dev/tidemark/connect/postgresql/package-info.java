/**
 * PostgreSQL: its catalog, how it spells values, how rows are read from it and merged into it.
 * Others know {@link PostgresDialect} alone.
 */
@NullMarked
package dev.tidemark.connect.postgresql;

import org.jspecify.annotations.NullMarked;
