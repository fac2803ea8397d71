package dev.tidemark.cli.client;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A batch, as the API tells it.
 *
 * @param status running, completed, failed or interrupted
 * @param live whether the running workflow itself answered
 * @param planned whether the tables of all sources are known
 * @param error why it failed when that is the fault of no table
 * @param tables empty in lists
 */
public record Batch(
    String id,
    String name,
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
    double progressPercent,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Double durationSeconds,
    @Nullable String workflowUrl,
    boolean resumable,
    @Nullable Boolean planned,
    @Nullable SyncError error,
    List<Table> tables) {

  public Batch {
    Objects.requireNonNull(id, "id");
    name = Objects.requireNonNullElse(name, "");
    planned = Objects.requireNonNullElse(planned, true);
    status = Objects.requireNonNullElse(status, "running");
    tables = tables == null ? List.of() : List.copyOf(tables);
  }

  public boolean running() {
    return status.equals("running");
  }

  public boolean completed() {
    return status.equals("completed");
  }
}
