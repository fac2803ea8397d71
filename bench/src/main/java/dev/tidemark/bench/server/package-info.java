/** Databases and Temporal to measure on. */
@NullMarked
package dev.tidemark.bench.server;

import org.jspecify.annotations.NullMarked;
