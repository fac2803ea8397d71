package dev.tidemark.cli.client;

import dev.tidemark.cli.terminal.Words;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One table of a sync, as the API tells it.
 *
 * @param status pending, in_progress, completed, failed or skipped
 * @param id connection, schema and table
 * @param table as its catalog spells it
 * @param name what it is called beside its connection
 * @param model what a model of it is called
 * @param cursor the last key that is committed, readable
 * @param recordsExtra rows that only the target has, and that stay there
 * @param after target tables to which it refers, for which it waits
 * @param waitingFor the holder of the slice while the table waits for it
 * @param remarks what to know of it although it completed
 * @param deadLetters rows that the target refused in this sync
 * @param recordsDecided rows that differ since somebody edited or discarded their dead letters
 */
public record Table(
    String id,
    String connection,
    @Nullable String schema,
    String table,
    String name,
    @Nullable String model,
    @Nullable String target,
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
    double rowsPerSecond,
    @Nullable Long secondsLeft,
    @Nullable String cursor,
    List<String> after,
    @Nullable String waitingFor,
    int retryCount,
    int attempt,
    @Nullable Instant nextRetryAt,
    @Nullable SyncError error,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Double durationSeconds,
    List<String> remarks,
    long deadLetters,
    long recordsDecided) {

  public Table {
    connection = Objects.requireNonNullElse(connection, "");
    table = Objects.requireNonNullElse(table, "");
    name = Objects.requireNonNullElse(name, table);
    status = Objects.requireNonNullElse(status, "pending");
    id = Objects.requireNonNullElse(id, connection + "." + table);
    after = List.copyOf(Objects.requireNonNullElse(after, List.of()));
    remarks = List.copyOf(Objects.requireNonNullElse(remarks, List.of()));
  }

  /** What it is called among those of other connections; every command takes it. */
  public String label() {
    return connection + "." + displayName();
  }

  /**
   * What it is called beside its connection. A row of its own stands for all tables of a connection
   * whose catalog has not been read.
   */
  public String displayName() {
    return table.equals("*") ? table : name;
  }

  /** How it stands, in words; of one that waits for others also for which. */
  public String standing() {
    if (!is("pending") || after.isEmpty()) {
      return Words.status(status);
    }
    int more = after.size() - 1;
    return "waits for " + after.getFirst() + (more == 0 ? "" : " and " + more + " more");
  }

  public boolean is(String wanted) {
    return status.equals(wanted);
  }

  /** Rows that a comparison found different, in whatever way. */
  public long differed() {
    return recordsInserted
        + recordsUpdated
        + recordsDeleted
        + recordsExtra
        + deadLetters
        + recordsDecided;
  }

  /** Whether nothing more happens to it. */
  public boolean isClosed() {
    return is("completed") || is("failed") || is("skipped");
  }
}
