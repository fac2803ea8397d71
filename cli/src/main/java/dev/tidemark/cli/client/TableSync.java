package dev.tidemark.cli.client;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table that is synced on its own, as the API tells it.
 *
 * @param status running, completed, failed or interrupted
 * @param batch whose settings hold; null where the API does not say
 * @param live whether the running workflow itself answered
 * @param interruption why it was interrupted, or is being interrupted; null when it is not
 */
public record TableSync(
    String workflowId,
    String status,
    @Nullable String batch,
    boolean live,
    @Nullable String interruption,
    @Nullable String workflowUrl,
    Table table) {

  public TableSync {
    Objects.requireNonNull(table, "table");
    workflowId = Objects.requireNonNullElse(workflowId, table.id());
    status = Objects.requireNonNullElse(status, table.isClosed() ? table.status() : "running");
  }

  public boolean running() {
    return status.equals("running");
  }

  public boolean completed() {
    return status.equals("completed");
  }

  /** How it stands, in a word; of one that runs also what was asked of it. */
  public String standing() {
    return running() && interruption != null ? "interrupting" : status;
  }
}
