/** Comparing a real archive with what a Temporal server knows. */
@NullMarked
package dev.tidemark.activities.retention;

import org.jspecify.annotations.NullMarked;
