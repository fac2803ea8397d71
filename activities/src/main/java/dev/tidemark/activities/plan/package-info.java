/** Tells what a batch would do to tables, and does nothing of it. */
@NullMarked
package dev.tidemark.activities.plan;

import org.jspecify.annotations.NullMarked;
