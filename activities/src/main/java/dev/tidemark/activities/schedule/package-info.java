/** What scheduled batches need. */
@NullMarked
package dev.tidemark.activities.schedule;

import org.jspecify.annotations.NullMarked;
