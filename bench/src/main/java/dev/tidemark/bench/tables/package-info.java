/** What a table costs beyond its rows. */
@NullMarked
package dev.tidemark.bench.tables;

import org.jspecify.annotations.NullMarked;
