package dev.tidemark.cli.client;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One table of a sync, as the API tells it.
 *
 * @param status pending, in_progress, completed, failed or skipped
 * @param cursor the last key that is committed, readable
 * @param waitingFor the holder of the slice while the table waits for it
 */
public record Table(
    String id,
    String connection,
    @Nullable String schema,
    String table,
    @Nullable String model,
    @Nullable String target,
    String status,
    boolean paused,
    long recordsProcessed,
    long recordsSkipped,
    long recordsInserted,
    long recordsUpdated,
    long estimatedRows,
    double progressPercent,
    double rowsPerSecond,
    @Nullable Long secondsLeft,
    @Nullable String cursor,
    @Nullable String waitingFor,
    int retryCount,
    int attempt,
    @Nullable Instant nextRetryAt,
    @Nullable SyncError error,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Double durationSeconds) {

  public Table {
    connection = Objects.requireNonNullElse(connection, "");
    table = Objects.requireNonNullElse(table, "");
    status = Objects.requireNonNullElse(status, "pending");
    id = Objects.requireNonNullElse(id, connection + "." + table);
  }

  /** What people call it; a connection whose tables could not be read stands for all of them. */
  public String label() {
    return table.equals("*") ? connection + " (all tables)" : id;
  }

  public boolean is(String wanted) {
    return status.equals(wanted);
  }

  /** Whether nothing more happens to it. */
  public boolean isClosed() {
    return is("completed") || is("failed") || is("skipped");
  }
}
