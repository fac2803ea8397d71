package dev.tidemark.cli.client;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The comparison that followed the tables of a batch, as the API tells it.
 *
 * @param status running, completed, failed or interrupted
 * @param equal whether all tables were compared, and nothing differs
 * @param tables the first that differ or could not be compared
 */
public record BatchVerification(
    String id,
    String status,
    boolean equal,
    int totalTables,
    int comparedTables,
    int differingTables,
    double durationSeconds,
    List<Table> tables) {

  /** A table that is not known to be equal. */
  public record Table(
      String id, long missing, long extra, long different, @Nullable String error) {}

  public BatchVerification {
    tables = List.copyOf(Objects.requireNonNullElse(tables, List.of()));
  }

  /** Whether it still goes on. */
  public boolean running() {
    return status.equals("running");
  }
}
