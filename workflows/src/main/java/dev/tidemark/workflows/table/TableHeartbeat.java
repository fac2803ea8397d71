package dev.tidemark.workflows.table;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a running {@code syncTable} activity says of itself. Whoever describes the workflow sees it;
 * the next attempt reads the failures from it. The cursor here is a hint for people: the truth is
 * the checkpoint in the target.
 *
 * @param table the table, since activity ids cannot be chosen
 * @param cursor the last key that is committed, readable; null before the first chunk
 * @param counts rows committed so far in this batch
 * @param estimatedRows rows that the planner expects, 0 when unknown
 * @param rowsPerSecond speed over the last few seconds
 * @param failures real failures in a row, without a chunk committed in between
 * @param retries real failures of this activity in all
 * @param waitingFor the holder of the slice while the table waits for it
 */
public record TableHeartbeat(
    TableId table,
    @Nullable String cursor,
    RowCounts counts,
    long estimatedRows,
    double rowsPerSecond,
    int failures,
    int retries,
    @Nullable String waitingFor) {

  public TableHeartbeat {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(counts, "counts");
  }
}
