/** Processes that are killed at random moments, in every mode, and what is left behind. */
@NullMarked
package dev.tidemark.bench.kills;

import org.jspecify.annotations.NullMarked;
