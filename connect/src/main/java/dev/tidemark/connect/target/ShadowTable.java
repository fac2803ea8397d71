package dev.tidemark.connect.target;

import dev.tidemark.connect.connection.LongStatements;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A table of the same shape as another, which is filled out of sight and then takes its place: as
 * the table itself where nothing else hangs on the old one, else as its rows, in one transaction.
 */
public final class ShadowTable {

  private static final String PREFIX = "tidemark_new_";
  private static final String OLD_PREFIX = "tidemark_old_";
  private static final int LONGEST_NAME = 63;

  private final Dialect dialect;
  private final TableMapping mapping;
  private final TableShape table;
  private final String name;

  /**
   * A table that is not made yet.
   *
   * @param table the one whose place it takes
   */
  public ShadowTable(Dialect dialect, TableMapping mapping, TableShape table) {
    this.dialect = dialect;
    this.mapping = mapping;
    this.table = table;
    this.name = named(PREFIX);
  }

  /** Of one slice: others fill shadows of their own at the same time. */
  private String named(String prefix) {
    String full = table.name() + "\n" + mapping.slice();
    String name = prefix + table.name();
    return mapping.constants().isEmpty()
            && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME
        ? name
        : prefix + UUID.nameUUIDFromBytes(full.getBytes(StandardCharsets.UTF_8));
  }

  /** What it looks like, whether it is there or not. */
  public TableShape shape() {
    return new TableShape(table.schema(), name, table.columns(), table.key(), 0);
  }

  /** The table whose place it takes. */
  public TableShape place() {
    return table;
  }

  /** Whether it is there. */
  public boolean exists(Connection session) throws SQLException {
    return dialect.describe(session, table.schema(), name).isPresent();
  }

  /** Makes it anew, like the table as it is now; commits. */
  public void create(Connection session) throws SQLException {
    drop(session);
    execute(session, dialect.createLike(table, name));
    commit(session);
  }

  /** Says that the pass is finished, in the transaction that is open. */
  @FunctionalInterface
  public interface Ending {
    void commit() throws SQLException;
  }

  /**
   * Puts its rows in the place of those of the slice, and is gone.
   *
   * @param session not in auto-commit mode
   * @param ending commits, and fails where somebody else has taken the slice over
   */
  public void takePlace(Connection session, Ending fence, Ending ending) throws SQLException {
    if (!exists(session)) {
      // A predecessor has put it in its place and did not come to say so.
      throw new SyncException(
          ErrorCode.PREDECESSOR_ENDING,
          "What was loaded for " + table.name() + " has taken its place already, or was dropped",
          Failures.remedy(ErrorCode.PREDECESSOR_ENDING));
    }
    if (mapping.constants().isEmpty()
        && dialect.standsAlone(session, table)
        && isSwapped(session, fence)) {
      ending.commit();
    } else {
      LongStatements.run(
          session,
          () -> {
            refill(session);
            return true;
          });
      ending.commit();
      drop(session);
    }
  }

  private boolean isSwapped(Connection session, Ending fence) throws SQLException {
    String old = named(OLD_PREFIX);
    execute(session, "DROP TABLE IF EXISTS " + dialect.quote(table.schema(), old));
    commit(session);
    fence.commit();
    return dialect.swap(session, table, name, old);
  }

  private void refill(Connection session) throws SQLException {
    String place = dialect.quote(table.schema(), table.name());
    String where = String.join(" AND ", mapping.sliceConditions(dialect, table));
    // Days may have passed since the pass began.
    dialect.keepReferencesOut(session, table, where);
    CascadingDeletes.check(session, dialect, table.schema(), table.name());
    execute(session, "DELETE FROM " + place + (where.isEmpty() ? "" : " WHERE " + where));
    String columns =
        mapping.targetColumns().stream().map(dialect::quote).collect(Collectors.joining(", "));
    insert(
        session,
        isAltered(session),
        ("INSERT INTO " + place + " (" + columns + ")" + dialect.overridingIdentity())
            + (" SELECT " + columns + " FROM " + shadow()));
    refuseOthers(session, place, where);
  }

  /** Whether its columns are others than when this attempt began. */
  private boolean isAltered(Connection session) throws SQLException {
    return dialect
        .describe(session, table.schema(), table.name())
        .filter(now -> now.columns().equals(table.columns()))
        .isEmpty();
  }

  private void insert(Connection session, boolean altered, String sql) throws SQLException {
    try {
      execute(session, sql);
    } catch (SQLException e) {
      ErrorCode code = Failures.classify(e);
      boolean passes = code.retryable() && code != ErrorCode.UNCLASSIFIED;
      if (passes || !altered) {
        throw e;
      }
      throw new SyncException(
          ErrorCode.COLUMN_MISMATCH,
          ("Table " + table.name() + " was altered while its rows were loaded, and does not take")
              + (" them any more: " + e.getMessage()),
          Failures.remedy(ErrorCode.COLUMN_MISMATCH),
          e);
    }
  }

  /** A trigger may have kept rows in the table, or out of it. */
  private void refuseOthers(Connection session, String place, String where) throws SQLException {
    List<String> keepers = dialect.keepers(session, table);
    if (keepers.isEmpty()) {
      return;
    }
    String counts =
        ("SELECT (SELECT count(*) FROM " + place + (where.isEmpty() ? "" : " WHERE " + where))
            + ("), (SELECT count(*) FROM " + shadow() + ")");
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(counts)) {
      row.next();
      if (row.getLong(1) != row.getLong(2)) {
        throw new SyncException(
            ErrorCode.CONSTRAINT_VIOLATED,
            "Table %s has %d rows after it was replaced by %d: %s keeps rows in or out"
                .formatted(
                    table.name(), row.getLong(1), row.getLong(2), String.join(" or ", keepers)),
            Failures.remedy(ErrorCode.CONSTRAINT_VIOLATED));
      }
    }
  }

  /** Removes it, if it is there; commits. */
  public void drop(Connection session) throws SQLException {
    execute(session, "DROP TABLE IF EXISTS " + shadow());
    commit(session);
  }

  private String shadow() {
    return dialect.quote(table.schema(), name);
  }

  private static void commit(Connection session) throws SQLException {
    if (!session.getAutoCommit()) {
      session.commit();
    }
  }

  private static void execute(Connection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute(sql);
    }
  }
}
