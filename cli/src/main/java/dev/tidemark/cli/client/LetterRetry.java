package dev.tidemark.cli.client;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Letters of a table that are tried again, as the API tells it.
 *
 * @param status running, completed, failed or interrupted
 * @param refused rows that were refused once more
 * @param waitingFor who writes the table meanwhile
 */
public record LetterRetry(
    String connection,
    String table,
    String status,
    int resolved,
    int discarded,
    int refused,
    @Nullable String waitingFor,
    @Nullable SyncError error) {

  public LetterRetry {
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(table, "table");
    status = Objects.requireNonNullElse(status, "running");
  }

  public boolean running() {
    return status.equals("running");
  }

  /** Whether no letter is left that was tried. */
  public boolean clean() {
    return status.equals("completed") && refused == 0;
  }
}
