/**
 * Types of columns: what the names of each server's catalog mean, and what becomes of a value on
 * the way from one type to another.
 */
@NullMarked
package dev.tidemark.connect.type;

import org.jspecify.annotations.NullMarked;
