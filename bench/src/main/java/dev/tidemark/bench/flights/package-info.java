/** A public data set through a batch that names only the connections. */
@NullMarked
package dev.tidemark.bench.flights;

import org.jspecify.annotations.NullMarked;
