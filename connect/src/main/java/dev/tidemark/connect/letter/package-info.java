/**
 * Dead letters: rows that a target refuses, kept in the target's own database with the reason, so
 * that a row and its letter commit together.
 */
@NullMarked
package dev.tidemark.connect.letter;

import org.jspecify.annotations.NullMarked;
