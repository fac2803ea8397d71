package dev.tidemark.cli.client;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A batch, as the API tells it.
 *
 * @param kind batch or repair
 * @param status running, completed, failed or interrupted
 * @param live whether the running workflow itself answered
 * @param planned whether the tables of all sources are known
 * @param error why it failed when that is the fault of no table
 * @param recordsExtra rows that only the target has, and that stay there
 * @param retries what it waits for, besides its tables
 * @param interruption why it was interrupted, or is being interrupted; null when it is not
 * @param verification the comparison that followed the tables; null without one
 * @param tables empty in lists
 */
public record Batch(
    String id,
    String name,
    String kind,
    String status,
    boolean paused,
    boolean live,
    @Nullable String requestedBy,
    int totalTables,
    int completedTables,
    int failedTables,
    int skippedTables,
    int pendingTables,
    int inProgressTables,
    long recordsProcessed,
    long recordsSkipped,
    long recordsInserted,
    long recordsUpdated,
    long recordsDeleted,
    long recordsExtra,
    double progressPercent,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Double durationSeconds,
    @Nullable String workflowUrl,
    boolean resumable,
    @Nullable Boolean planned,
    @Nullable SyncError error,
    List<Retry> retries,
    @Nullable String interruption,
    @Nullable BatchVerification verification,
    List<Table> tables) {

  public Batch {
    Objects.requireNonNull(id, "id");
    kind = Objects.requireNonNullElse(kind, "batch");
    name = Objects.requireNonNullElse(name, "");
    planned = Objects.requireNonNullElse(planned, true);
    status = Objects.requireNonNullElse(status, "running");
    retries = List.copyOf(Objects.requireNonNullElse(retries, List.of()));
    tables = tables == null ? List.of() : List.copyOf(tables);
  }

  public boolean running() {
    return status.equals("running");
  }

  /** How it stands, in a word; of one that runs also what was asked of it. */
  public String standing() {
    if (!running()) {
      return status;
    }
    return interruption != null ? "interrupting" : paused ? "paused" : status;
  }

  /** Whether it mends what differs. */
  public boolean repairs() {
    return kind.equals("repair");
  }

  /** Rows of its tables that the target refuses. */
  public long deadLetters() {
    return tables.stream().mapToLong(Table::deadLetters).sum();
  }

  /** Rows of its tables that differ as somebody decided in their dead letters. */
  public long decided() {
    return tables.stream().mapToLong(Table::recordsDecided).sum();
  }

  /**
   * Whether it is known that both sides are not equal now. A comparison overlooks what somebody has
   * decided; a repair was asked to make both sides equal, and has left that.
   */
  public boolean differs() {
    return (verification != null && !verification.equal())
        || (repairs() && recordsExtra + deadLetters() + decided() > 0);
  }

  public boolean completed() {
    return status.equals("completed");
  }
}
