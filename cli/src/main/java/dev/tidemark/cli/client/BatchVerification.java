package dev.tidemark.cli.client;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The comparison that followed the tables of a batch, as the API tells it.
 *
 * @param status running, completed, failed or interrupted
 * @param equal whether all tables were compared, and nothing differs but what somebody decided
 * @param tables the first that differ or could not be compared
 * @param repairable whether a repair would mend something
 * @param recordsDecided rows that differ since somebody edited or discarded their dead letters
 */
public record BatchVerification(
    String id,
    String status,
    boolean equal,
    int totalTables,
    int comparedTables,
    int differingTables,
    double durationSeconds,
    List<Table> tables,
    @Nullable Boolean repairable,
    long recordsDecided) {

  /**
   * A table that is not known to be equal.
   *
   * @param inLetters of the missing and different ones, those in open dead letters
   * @param decided further ones, that differ as somebody decided
   * @param keyless whether it has no key
   */
  public record Table(
      String id,
      long missing,
      long extra,
      long different,
      @Nullable String error,
      long inLetters,
      long decided,
      boolean keyless) {}

  public BatchVerification {
    tables = List.copyOf(Objects.requireNonNullElse(tables, List.of()));
    // An older API does not say.
    repairable = Objects.requireNonNullElse(repairable, differingTables > 0);
  }

  /** Whether the command that mends what differs would mend anything. */
  public boolean mendable() {
    return Boolean.TRUE.equals(repairable);
  }

  /** Whether it still goes on. */
  public boolean running() {
    return status.equals("running");
  }
}
