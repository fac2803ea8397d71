package dev.tidemark.workflows.table;

import java.util.List;
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
 * @param remarks what people should know of a table that was copied all the same, such as an index
 *     that could not be made
 */
public record TableResult(
    boolean finished,
    RowCounts counts,
    int retries,
    @Nullable BusySlice busy,
    List<String> remarks) {

  public TableResult {
    Objects.requireNonNull(counts, "counts");
    // Workers of before remarked nothing.
    remarks = List.copyOf(Objects.requireNonNullElse(remarks, List.of()));
    if (finished && busy != null) {
      throw new IllegalArgumentException("a finished table waits for nothing");
    }
  }

  /** A table of which nothing is remarked. */
  public TableResult(boolean finished, RowCounts counts, int retries, @Nullable BusySlice busy) {
    this(finished, counts, retries, busy, List.of());
  }

  /** A table that waits for nobody. */
  public TableResult(boolean finished, RowCounts counts, int retries) {
    this(finished, counts, retries, null);
  }
}
