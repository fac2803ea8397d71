/** The dialect of each database: the one place that knows them all. */
@NullMarked
package dev.tidemark.connect.dialect;

import org.jspecify.annotations.NullMarked;
