package dev.tidemark.workflows.table;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One table as its workflow knows it. While it is in progress, newer counts are in the heartbeat of
 * its activity.
 *
 * @param table the table read
 * @param targetTable the table written
 * @param status where it stands
 * @param paused true while it is held back, or asked to stop after its chunk, until resumed
 * @param estimatedRows rows that the planner expects, 0 when unknown
 * @param counts rows committed in this batch
 * @param retries real failures in this batch
 * @param error why it failed
 * @param startedAt when its first chunk could start
 * @param endedAt when it completed, failed or was skipped
 * @param settings name of what the batch says about this table alone, as a catalog told which it
 *     is; empty when the batch says nothing about it, null for what stands under its own name
 * @param remarks what people should know of it although it completed
 * @param after target tables to which it refers, and which are written before it; empty once it may
 *     start
 */
public record TableProgress(
    TableId table,
    String targetTable,
    TableStatus status,
    boolean paused,
    long estimatedRows,
    RowCounts counts,
    int retries,
    @Nullable ErrorDetail error,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String settings,
    List<String> remarks,
    List<String> after) {

  public TableProgress {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(targetTable, "targetTable");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(counts, "counts");
    // Rows that were written before there were these are still in histories.
    remarks = List.copyOf(Objects.requireNonNullElse(remarks, List.of()));
    after = List.copyOf(Objects.requireNonNullElse(after, List.of()));
  }

  /** A table that waits for no other. */
  public TableProgress(
      TableId table,
      String targetTable,
      TableStatus status,
      boolean paused,
      long estimatedRows,
      RowCounts counts,
      int retries,
      @Nullable ErrorDetail error,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable String settings,
      List<String> remarks) {
    this(
        table,
        targetTable,
        status,
        paused,
        estimatedRows,
        counts,
        retries,
        error,
        startedAt,
        endedAt,
        settings,
        remarks,
        List.of());
  }

  /** A table whose settings are those of its own name, and of which nothing is remarked. */
  public TableProgress(
      TableId table,
      String targetTable,
      TableStatus status,
      boolean paused,
      long estimatedRows,
      RowCounts counts,
      int retries,
      @Nullable ErrorDetail error,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt) {
    this(
        table,
        targetTable,
        status,
        paused,
        estimatedRows,
        counts,
        retries,
        error,
        startedAt,
        endedAt,
        null,
        List.of());
  }

  /** The same with these settings. */
  public TableProgress withSettings(@Nullable String name) {
    return with(name, remarks, after);
  }

  /** The same with these remarks. */
  public TableProgress withRemarks(List<String> said) {
    return with(settings, said, after);
  }

  /** The same behind these tables. */
  public TableProgress withAfter(List<String> tables) {
    return with(settings, remarks, tables);
  }

  private TableProgress with(@Nullable String name, List<String> said, List<String> tables) {
    return new TableProgress(
        table,
        targetTable,
        status,
        paused,
        estimatedRows,
        counts,
        retries,
        error,
        startedAt,
        endedAt,
        name,
        said,
        tables);
  }
}
