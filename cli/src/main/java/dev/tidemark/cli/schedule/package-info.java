/** Commands that show and steer schedules. */
@NullMarked
package dev.tidemark.cli.schedule;

import org.jspecify.annotations.NullMarked;
