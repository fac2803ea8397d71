/**
 * What the statements of both kinds of databases have in common: ranges of keys, merges, rows that
 * exchange unique values.
 */
@NullMarked
package dev.tidemark.connect.statement;

import org.jspecify.annotations.NullMarked;
