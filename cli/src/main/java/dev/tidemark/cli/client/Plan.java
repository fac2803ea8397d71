package dev.tidemark.cli.client;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A plan as the API shows it, as far as this command reads it.
 *
 * @param retries what it waits for
 * @param interruption why it was interrupted, or is being interrupted; null when it is not
 */
public record Plan(
    String id,
    String batch,
    String target,
    String status,
    boolean passes,
    long rows,
    long bytes,
    @Nullable Double estimatedSeconds,
    int guessedTables,
    List<Retry> retries,
    @Nullable String interruption,
    List<Table> tables) {

  /** One table of it; what is not known yet is null or empty. */
  public record Table(
      String id,
      String target,
      boolean told,
      @Nullable String mode,
      @Nullable String deletes,
      List<String> key,
      int ranges,
      long rows,
      long bytes,
      @Nullable String fate,
      List<String> changes,
      List<Column> columns,
      int moreColumns,
      List<String> statements,
      List<String> indexes,
      List<String> leftOut,
      List<SyncError> refusals,
      List<String> remarks,
      @Nullable Double estimatedSeconds,
      @Nullable String estimatedFrom,
      @Nullable String paceFrom) {

    public Table {
      key = orNone(key);
      changes = orNone(changes);
      columns = orNone(columns);
      statements = orNone(statements);
      indexes = orNone(indexes);
      leftOut = orNone(leftOut);
      refusals = orNone(refusals);
      remarks = orNone(remarks);
    }
  }

  /** A column of which something is to be said. */
  public record Column(
      String column,
      String target,
      String sourceType,
      String targetType,
      String fidelity,
      String loss,
      String refused,
      String remedy) {}

  public Plan {
    retries = orNone(retries);
    tables = orNone(tables);
  }

  private static <T> List<T> orNone(@Nullable List<T> list) {
    return List.copyOf(Objects.requireNonNullElse(list, List.of()));
  }

  /** Whether it is still being made. */
  public boolean running() {
    return status.equals("running");
  }

  /** How it stands, in a word; of one that runs also what was asked of it. */
  public String standing() {
    return running() && interruption != null ? "interrupting" : status;
  }
}
