package dev.tidemark.workflows.table;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a running {@code syncTable} activity says of itself. Whoever describes the workflow sees it;
 * the next attempt reads the failures from it. The cursor here is a hint for people: the truth is
 * the checkpoint in the target.
 *
 * @param table the table, since activity ids cannot be chosen
 * @param cursor where it is, readable: of each range that is not done the last key committed and
 *     where it ends; null before the first chunk
 * @param counts rows committed so far in this batch
 * @param estimatedRows rows that the planner expects, 0 when unknown
 * @param rowsPerSecond speed over the last few seconds
 * @param failures real failures in a row, without a chunk committed in between
 * @param retries real failures of this activity in all
 * @param waitingFor the holder of the slice while the table waits for it
 * @param ranges the ranges of keys that are not done, each with its own cursor
 */
public record TableHeartbeat(
    TableId table,
    @Nullable String cursor,
    RowCounts counts,
    long estimatedRows,
    double rowsPerSecond,
    int failures,
    int retries,
    @Nullable String waitingFor,
    List<RangeProgress> ranges) {

  public TableHeartbeat {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(counts, "counts");
    // Workers of before said nothing of ranges.
    ranges = List.copyOf(Objects.requireNonNullElse(ranges, List.of()));
  }

  /** A table of which no range is known. */
  public TableHeartbeat(
      TableId table,
      @Nullable String cursor,
      RowCounts counts,
      long estimatedRows,
      double rowsPerSecond,
      int failures,
      int retries,
      @Nullable String waitingFor) {
    this(
        table,
        cursor,
        counts,
        estimatedRows,
        rowsPerSecond,
        failures,
        retries,
        waitingFor,
        List.of());
  }

  /** The same at these ranges. */
  public TableHeartbeat at(List<RangeProgress> present) {
    return new TableHeartbeat(
        table,
        cursor(present),
        counts,
        estimatedRows,
        rowsPerSecond,
        failures,
        retries,
        waitingFor,
        present);
  }

  private static @Nullable String cursor(List<RangeProgress> present) {
    boolean started = present.stream().anyMatch(range -> range.cursor() != null);
    return started
        ? present.stream().map(RangeProgress::toString).collect(Collectors.joining(" | "))
        : null;
  }
}
