package dev.tidemark.workflows.table;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a {@code syncTable} activity ended without an error.
 *
 * @param finished true when the last row was copied; false when it left before, to go on from its
 *     checkpoint when scheduled again: asked to stop, after the chunk in flight, or since its slice
 *     is busy
 * @param counts rows handled in this batch, those of earlier attempts and runs included
 * @param retries attempts of this activity that ended in a failure
 * @param busy what it has to wait for; null when it is not that which made it leave
 * @param note what people should know of how it was copied; null for nothing
 */
public record TableResult(
    boolean finished,
    RowCounts counts,
    int retries,
    @Nullable BusySlice busy,
    @Nullable String note) {

  public TableResult {
    Objects.requireNonNull(counts, "counts");
    if (finished && busy != null) {
      throw new IllegalArgumentException("a finished table waits for nothing");
    }
  }

  /** A table that waits for nobody. */
  public TableResult(boolean finished, RowCounts counts, int retries) {
    this(finished, counts, retries, null, null);
  }

  /** A table of which there is nothing to note. */
  public TableResult(boolean finished, RowCounts counts, int retries, @Nullable BusySlice busy) {
    this(finished, counts, retries, busy, null);
  }
}
