/** Finds the rows in which a source table and its slice of the target differ. */
@NullMarked
package dev.tidemark.connect.comparison;

import org.jspecify.annotations.NullMarked;
