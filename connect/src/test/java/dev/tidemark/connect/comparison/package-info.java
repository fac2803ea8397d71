/** Comparisons on real database servers. */
@NullMarked
package dev.tidemark.connect.comparison;

import org.jspecify.annotations.NullMarked;
