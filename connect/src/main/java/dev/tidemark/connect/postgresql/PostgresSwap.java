package dev.tidemark.connect.postgresql;

import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table that takes the place of another one, in one transaction and under a lock that keeps
 * everybody else away from that: what is seen then is what there is. Its indexes are called as
 * those of the other one, for who says ON CONSTRAINT or DROP INDEX.
 */
final class PostgresSwap {

  /** What the catalogs say to whoever alters a row of theirs that another has altered meanwhile. */
  private static final String ALTERED_MEANWHILE = "XX000";

  private final PostgresDialect dialect;
  private final TableShape table;
  private final String name;
  private final String old;

  /**
   * A swap that has not begun.
   *
   * @param name of the table that takes the place
   * @param old a name for the other meanwhile
   */
  PostgresSwap(PostgresDialect dialect, TableShape table, String name, String old) {
    this.dialect = dialect;
    this.table = table;
    this.name = name;
    this.old = old;
  }

  /** As {@link dev.tidemark.connect.table.Dialect#swap}. */
  boolean run(Connection session) throws SQLException {
    try (Statement statement = session.createStatement()) {
      // A transaction that is open may have given the table what nobody else sees before it ends.
      statement.execute("LOCK TABLE " + place() + " IN ACCESS EXCLUSIVE MODE");
      PostgresMakeup there = PostgresMakeup.of(session, table.schema(), table.name());
      PostgresMakeup here = PostgresMakeup.of(session, table.schema(), name);
      if (PostgresDependents.standsAlone(session, table) && here.isLike(there)) {
        rename(statement);
        nameIndexes(statement, here.namesIn(there));
        return true;
      }
    } catch (SQLException e) {
      // A GRANT takes no lock of the table.
      if (!ALTERED_MEANWHILE.equals(e.getSQLState())) {
        throw e;
      }
    }
    session.rollback();
    return false;
  }

  private void rename(Statement statement) throws SQLException {
    String comment = comment(statement);
    statement.execute("ALTER TABLE " + place() + " RENAME TO " + dialect.quote(old));
    statement.execute(
        ("ALTER TABLE " + dialect.quote(table.schema(), name))
            + (" RENAME TO " + dialect.quote(table.name())));
    statement.execute("DROP TABLE " + dialect.quote(table.schema(), old));
    if (comment != null) {
      statement.execute("COMMENT ON TABLE " + place() + " IS " + dialect.literal(comment));
    }
  }

  /** An index of a constraint takes that along. */
  private void nameIndexes(Statement statement, Map<String, String> names) throws SQLException {
    for (Map.Entry<String, String> name : names.entrySet()) {
      statement.execute(
          ("ALTER INDEX " + dialect.quote(table.schema(), name.getKey()))
              + (" RENAME TO " + dialect.quote(name.getValue())));
    }
  }

  /** The one thing of a table that LIKE does not copy, though it copies those of its columns. */
  private @Nullable String comment(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            ("SELECT pg_catalog.obj_description(" + dialect.literal(place()))
                + "::regclass, 'pg_class')")) {
      return row.next() ? row.getString(1) : null;
    }
  }

  private String place() {
    return dialect.quote(table.schema(), table.name());
  }
}
