/** Schedules in Temporal. */
@NullMarked
package dev.tidemark.specs.schedule;

import org.jspecify.annotations.NullMarked;
