/** Compares tables on both sides, and writes nothing. */
@NullMarked
package dev.tidemark.activities.verification;

import org.jspecify.annotations.NullMarked;
