package dev.tidemark.api.table;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidemark.api.run.PendingTable;
import dev.tidemark.connect.catalog.TableLabels;
import dev.tidemark.connect.catalog.TableNames;
import dev.tidemark.connect.catalog.TablePath;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.TableHeartbeat;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One table as it is shown.
 *
 * @param id {@code connection.schema.table}
 * @param table as its catalog spells it
 * @param name what it is called beside its connection: the table, with its schema only where two of
 *     the batch would look the same; every call that takes a table takes it
 * @param model name of the table as a class
 * @param target table written
 * @param status {@code pending}, {@code in_progress}, {@code completed}, {@code failed} or {@code
 *     skipped}
 * @param recordsProcessed rows read and committed: inserted, updated and skipped ones, and dead
 *     letters
 * @param recordsSkipped rows that were already equal
 * @param recordsDeleted rows that the source does not have any more, removed or marked
 * @param recordsExtra rows that only the target has, found by a comparison, and that stay there
 * @param estimatedRows rows expected, 0 when unknown
 * @param rowsPerSecond speed over the last few seconds; null when nothing moves
 * @param secondsLeft null when it cannot be told
 * @param cursor last key committed; null when it is not known here
 * @param after target tables to which it refers by foreign keys, for which it waits; left out when
 *     there are none
 * @param waitingFor who holds the table's slice while it waits
 * @param retryCount failures that were tried again
 * @param attempt Temporal's count of attempts of the copy under way; null when none is
 * @param nextRetryAt when a failed attempt is tried again
 * @param error why it failed, or why it has to be tried again
 * @param remarks what to know of it although it completed, such as an index that could not be made
 * @param deadLetters rows that the target refused in this sync, and that are kept as dead letters;
 *     of a completed table all of its open ones, those of earlier syncs included
 * @param recordsDecided of a completed table, rows that differ from the source's because somebody
 *     edited or discarded their dead letters, and that were left so
 */
public record TableView(
    String id,
    String connection,
    String schema,
    String table,
    String name,
    String model,
    String target,
    String status,
    boolean paused,
    long recordsProcessed,
    long recordsSkipped,
    long recordsInserted,
    long recordsUpdated,
    long recordsDeleted,
    long recordsExtra,
    long estimatedRows,
    double progressPercent,
    @Nullable Double rowsPerSecond,
    @Nullable Long secondsLeft,
    @Nullable String cursor,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> after,
    @Nullable String waitingFor,
    int retryCount,
    @Nullable Integer attempt,
    @Nullable Instant nextRetryAt,
    @Nullable ErrorView error,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Double durationSeconds,
    List<String> remarks,
    long deadLetters,
    long recordsDecided) {

  /**
   * A table as its workflow or the archive knows it, with what its activity says of itself.
   *
   * @param labels of the tables that are shown together
   * @param pending the activity that copies it or waits for its slice; null when there is none
   */
  public static TableView of(
      TableProgress table, TableLabels labels, @Nullable PendingTable pending, Instant now) {
    if (pending == null || !isOpen(table.status())) {
      return view(
          table, labels, null, null, table.counts(), table.estimatedRows(), table.retries(), now);
    }
    TableHeartbeat heartbeat = pending.heartbeat();
    boolean newer = heartbeat.counts().read() >= table.counts().read();
    return view(
        table,
        labels,
        pending,
        heartbeat,
        newer ? heartbeat.counts() : table.counts(),
        Math.max(heartbeat.estimatedRows(), table.estimatedRows()),
        table.retries() + (table.status() == TableStatus.IN_PROGRESS ? heartbeat.retries() : 0),
        now);
  }

  private static boolean isOpen(TableStatus status) {
    return status == TableStatus.PENDING || status == TableStatus.IN_PROGRESS;
  }

  private static TableView view(
      TableProgress table,
      TableLabels labels,
      @Nullable PendingTable pending,
      @Nullable TableHeartbeat heartbeat,
      RowCounts counts,
      long estimatedRows,
      int retries,
      Instant now) {
    String waitingFor = heartbeat == null ? null : heartbeat.waitingFor();
    // Each look at a slice that is held is an attempt that fails, which is nobody's failure.
    PendingTable copying = waitingFor == null ? pending : null;
    boolean moves = copying != null && copying.nextRetryAt() == null;
    Double speed =
        moves && heartbeat != null ? Math.round(heartbeat.rowsPerSecond() * 10) / 10.0 : null;
    ErrorDetail error =
        table.error() == null && copying != null ? copying.lastFailure() : table.error();
    TablePath path = TablePaths.of(table.table());
    return new TableView(
        path.toString(),
        path.connection(),
        path.schema(),
        path.table(),
        labels.of(path),
        TableNames.model(path.table()),
        table.targetTable(),
        table.status().name().toLowerCase(Locale.ROOT),
        table.paused(),
        counts.read(),
        counts.skipped(),
        counts.inserted(),
        counts.updated(),
        counts.deleted(),
        counts.extra(),
        estimatedRows,
        percent(table.status(), counts.read(), estimatedRows),
        speed,
        secondsLeft(counts.read(), estimatedRows, speed),
        heartbeat == null ? null : heartbeat.cursor(),
        table.after(),
        waitingFor,
        retries,
        copying == null ? null : copying.attempt(),
        copying == null ? null : copying.nextRetryAt(),
        error == null ? null : ErrorView.of(error),
        table.startedAt(),
        table.endedAt(),
        seconds(table, now),
        table.remarks(),
        counts.deadLetters(),
        counts.decided());
  }

  private static double percent(TableStatus status, long rows, long estimatedRows) {
    return switch (status) {
      case COMPLETED, SKIPPED -> 100;
      // An estimate may be too small; only a completed table is at 100.
      case PENDING, IN_PROGRESS, FAILED ->
          estimatedRows == 0 ? 0 : Math.min(99.9, Math.floor(rows * 1_000.0 / estimatedRows) / 10);
    };
  }

  private static @Nullable Long secondsLeft(
      long rows, long estimatedRows, @Nullable Double rowsPerSecond) {
    return rowsPerSecond == null || rowsPerSecond < 1 || estimatedRows <= rows
        ? null
        : Math.round((estimatedRows - rows) / rowsPerSecond);
  }

  private static @Nullable Double seconds(TableProgress table, Instant now) {
    if (table.startedAt() == null) {
      return null;
    }
    if (table.endedAt() == null && table.status() != TableStatus.IN_PROGRESS) {
      return null;
    }
    Instant end = table.endedAt() == null ? now : table.endedAt();
    return Math.max(0, Duration.between(table.startedAt(), end).toMillis()) / 1_000.0;
  }
}
