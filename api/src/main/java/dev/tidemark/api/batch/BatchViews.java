package dev.tidemark.api.batch;

import dev.tidemark.api.run.WorkflowLinks;
import dev.tidemark.api.table.ErrorView;
import dev.tidemark.api.table.RetryView;
import dev.tidemark.api.table.TablePaths;
import dev.tidemark.api.table.TableView;
import dev.tidemark.connect.catalog.TableLabels;
import dev.tidemark.connect.control.ArchivedBatch;
import dev.tidemark.connect.control.BatchTotals;
import dev.tidemark.specs.batch.ArchivedProgress;
import dev.tidemark.workflows.batch.BatchOptions;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.batch.RunIds;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows batches. */
@Component
final class BatchViews {

  private final WorkflowLinks links;
  private final Clock clock;

  BatchViews(WorkflowLinks links, Clock clock) {
    this.links = links;
    this.clock = clock;
  }

  /** One batch with its tables. */
  BatchView view(BatchState state) {
    BatchProgress batch = state.progress();
    Instant now = clock.instant();
    List<TableView> tables = tables(state);
    return new BatchView(
        batch.batchId(),
        batch.name(),
        RunIds.kindOf(batch.batchId()),
        lower(batch.status()),
        batch.paused(),
        state.live(),
        options(state.options()),
        state.options().requestedBy(),
        tables.size(),
        (int) batch.count(TableStatus.COMPLETED),
        (int) batch.count(TableStatus.FAILED),
        (int) batch.count(TableStatus.SKIPPED),
        (int) batch.count(TableStatus.PENDING),
        (int) batch.count(TableStatus.IN_PROGRESS),
        sum(tables, TableView::recordsProcessed),
        sum(tables, TableView::recordsSkipped),
        sum(tables, TableView::recordsInserted),
        sum(tables, TableView::recordsUpdated),
        sum(tables, TableView::recordsDeleted),
        sum(tables, TableView::recordsExtra),
        percent(
            batch.status(),
            sum(tables, TableView::recordsProcessed),
            sum(tables, BatchViews::expectedRows),
            batch.count(TableStatus.COMPLETED) + batch.count(TableStatus.SKIPPED),
            tables.size()),
        batch.startedAt(),
        batch.endedAt(),
        seconds(batch.startedAt(), batch.endedAt() == null ? now : batch.endedAt()),
        links.to(batch.batchId()),
        resumable(batch.status()),
        batch.planned() || batch.status() != BatchStatus.RUNNING,
        error(batch.status(), tables.size()),
        batch.status() == BatchStatus.RUNNING ? RetryView.of(state.retried()) : List.of(),
        batch.interruption(),
        BatchVerificationView.of(batch.verification(), now),
        tables);
  }

  /** The tables of a batch. */
  List<TableView> tables(BatchState state) {
    Instant now = clock.instant();
    List<TableProgress> tables = state.progress().tables();
    TableLabels labels =
        new TableLabels(tables.stream().map(TableProgress::table).map(TablePaths::of).toList());
    return tables.stream()
        .map(table -> TableView.of(table, labels, state.pending(table.table()).orElse(null), now))
        .toList();
  }

  /**
   * One row of a list.
   *
   * @param status as Temporal tells it, where the archive may be out of date
   * @param endedAt when it closed; null while it runs
   */
  BatchView row(
      ArchivedBatch batch, BatchTotals totals, BatchStatus status, @Nullable Instant endedAt) {
    boolean running = status == BatchStatus.RUNNING;
    Instant now = clock.instant();
    BatchOptions options = BatchRecords.options(batch);
    return new BatchView(
        batch.batchId(),
        batch.name(),
        RunIds.kindOf(batch.batchId()),
        lower(status),
        running && batch.paused(),
        false,
        options(options),
        options.requestedBy(),
        batch.totalTables(),
        batch.completedTables(),
        batch.failedTables(),
        batch.skippedTables(),
        totals.pendingTables() + (running ? 0 : totals.inProgressTables()),
        running ? totals.inProgressTables() : 0,
        totals.recordsProcessed(),
        totals.recordsSkipped(),
        totals.recordsInserted(),
        totals.recordsUpdated(),
        totals.recordsDeleted(),
        totals.recordsExtra(),
        percent(
            status,
            totals.recordsProcessed(),
            totals.expectedRows(),
            batch.completedTables() + batch.skippedTables(),
            batch.totalTables()),
        batch.startedAt(),
        endedAt,
        seconds(batch.startedAt(), endedAt == null ? now : endedAt),
        links.to(batch.batchId()),
        resumable(status),
        batch.totalTables() > 0 || !running,
        error(status, batch.totalTables()),
        List.of(),
        batch.interruption(),
        BatchVerificationView.of(
            BatchState.verification(ArchivedProgress.verification(batch), status), now),
        null);
  }

  private static BatchView.Options options(BatchOptions options) {
    return new BatchView.Options(options.connections(), options.tables());
  }

  /** Rows that a table has, as far as that is known. */
  private static long expectedRows(TableView table) {
    boolean done = table.status().equals("completed") || table.status().equals("skipped");
    return done
        ? table.recordsProcessed()
        : Math.max(table.estimatedRows(), table.recordsProcessed());
  }

  /** By rows, or by tables when rows are not known. Only a completed batch is at 100. */
  private static double percent(
      BatchStatus status, long rows, long expectedRows, long doneTables, long tables) {
    if (status == BatchStatus.COMPLETED) {
      return 100;
    }
    long done = expectedRows > 0 ? rows : doneTables;
    long all = expectedRows > 0 ? expectedRows : tables;
    return all == 0 ? 0 : Math.min(99.9, Math.floor(done * 1_000.0 / all) / 10);
  }

  private static @Nullable ErrorView error(BatchStatus status, int tables) {
    return status == BatchStatus.FAILED && tables == 0
        ? new ErrorView(
            "NOTHING_TO_SYNC",
            "No source has a table that matches.",
            "Compare the tables that were asked for, and the batch's tables and exclude-tables, with"
                + " what the sources have.")
        : null;
  }

  private static boolean resumable(BatchStatus status) {
    return switch (status) {
      case FAILED, INTERRUPTED -> true;
      case RUNNING, COMPLETED -> false;
    };
  }

  private static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis()) / 1_000.0;
  }

  private static long sum(List<TableView> tables, ToLongFunction<TableView> rows) {
    return tables.stream().mapToLong(rows).sum();
  }

  private static String lower(BatchStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
