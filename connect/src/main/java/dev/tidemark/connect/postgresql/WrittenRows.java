package dev.tidemark.connect.postgresql;

import dev.tidemark.connect.statement.MergeClauses;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure of what PostgreSQL does not say by itself of rows that were written: that none was
 * kept out, and that what it checks at the end of a transaction holds. It is asked once which
 * tables need that; others pay nothing.
 */
final class WrittenRows {

  private final Connection session;
  private final PostgresDialect dialect;
  private final MergeClauses clauses;
  private final TableShape target;
  private final List<String> key;
  private final String stage;
  private @Nullable PostgresTriggers triggers;
  private @Nullable KeptOutRows keptOut;

  /**
   * Rows of a table.
   *
   * @param key the columns that identify a row
   * @param stage the staged rows
   */
  WrittenRows(
      Connection session,
      PostgresDialect dialect,
      MergeClauses clauses,
      TableShape target,
      List<String> key,
      String stage) {
    this.session = session;
    this.dialect = dialect;
    this.clauses = clauses;
    this.target = target;
    this.key = key;
    this.stage = stage;
  }

  private PostgresTriggers triggers() throws SQLException {
    PostgresTriggers found = triggers;
    if (found == null) {
      found = PostgresTriggers.of(session, target);
      triggers = found;
      keptOut =
          found.onWrite().isEmpty()
              ? null
              : new KeptOutRows(dialect, clauses, key, stage, found.onWrite());
    }
    return found;
  }

  /** What looks whether rows were kept out; null where nothing could. */
  private @Nullable KeptOutRows keptOut() throws SQLException {
    triggers();
    return keptOut;
  }

  /** A change of rows, which gives how many it changed. */
  @FunctionalInterface
  interface Change {
    long run() throws SQLException;
  }

  /**
   * Updates rows, and refuses the chunk when one of them was left as it was.
   *
   * @param differing what holds for a row {@code t} and the staged row {@code s} that differ
   */
  long updated(Statement statement, String differing, Change update) throws SQLException {
    KeptOutRows watched = keptOut();
    long expected = watched == null ? 0 : watched.differing(statement, differing);
    long updated = update.run();
    if (watched != null) {
      watched.refuseUnchanged(updated, expected);
    }
    return updated;
  }

  /**
   * Refuses a chunk that was merged when a row of it is not there.
   *
   * @param same what holds for a row {@code t} and the staged row {@code s} of one key
   * @param differs what holds for two such rows that differ; empty where they cannot
   */
  void merged(Statement statement, String same, String differs) throws SQLException {
    KeptOutRows watched = keptOut();
    if (watched != null) {
      watched.refuseMissing(statement, same, differs);
    }
    if (triggers().deferred()) {
      checkNow(statement);
    }
  }

  /** Refuses a chunk of which fewer rows were taken than came. */
  void taken(long taken, long rows) throws SQLException {
    if (taken != rows) {
      throw KeptOutRows.refused(taken, rows, triggers().onWrite());
    }
  }

  /** Refuses a chunk that went straight into the table, where it could not be committed. */
  void inserted() throws SQLException {
    if (triggers().deferred()) {
      try (Statement statement = session.createStatement()) {
        checkNow(statement);
      }
    }
  }

  /** While it is still a row that is refused, and no commit that fails. */
  private static void checkNow(Statement statement) throws SQLException {
    statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
  }

  /** What people should know of the rows so far. */
  Optional<String> remark() {
    return keptOut != null && keptOut.changed() ? Optional.of(keptOut.remark()) : Optional.empty();
  }
}
