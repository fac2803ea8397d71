package dev.tidemark.workflows.table;

import java.util.Objects;

/**
 * How a {@code syncTable} activity ended without an error.
 *
 * @param finished true when the last row was copied; false when it was asked to stop and left after
 *     the chunk in flight, to go on from its checkpoint when scheduled again
 * @param counts rows handled in this batch, those of earlier attempts and runs included
 * @param retries attempts before this one that ended in a failure
 */
public record TableResult(boolean finished, RowCounts counts, int retries) {

  public TableResult {
    Objects.requireNonNull(counts, "counts");
  }
}
