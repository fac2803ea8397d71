package dev.tidemark.connect.mysql;

import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A table that takes the place of another one by a rename of both at once. Each statement commits,
 * and no lock holds over two of them for a user who may not lock tables: what came to the table at
 * the last moment is seen when it is out of the way, and brings it back.
 */
final class MysqlSwap {

  private final MysqlDialect dialect;
  private final TableShape table;
  private final String name;
  private final String old;

  /**
   * A swap that has not begun.
   *
   * @param name of the table that takes the place
   * @param old a name for the other meanwhile
   */
  MysqlSwap(MysqlDialect dialect, TableShape table, String name, String old) {
    this.dialect = dialect;
    this.table = table;
    this.name = name;
    this.old = old;
  }

  /** As {@link dev.tidemark.connect.table.Dialect#swap}. */
  boolean run(Connection session) throws SQLException {
    try (Statement statement = session.createStatement()) {
      rename(statement, table.name(), old, name);
      TableShape away =
          new TableShape(table.schema(), old, table.columns(), table.key(), table.estimatedRows());
      if (!dialect.standsAlone(session, away)) {
        rename(statement, table.name(), name, old);
        return false;
      }
      statement.execute("DROP TABLE " + quoted(old));
      return true;
    }
  }

  /** Gives a name away and takes it for another table; foreign keys and triggers go along. */
  private void rename(Statement statement, String place, String leaves, String comes)
      throws SQLException {
    statement.execute(
        ("RENAME TABLE " + quoted(place) + " TO " + quoted(leaves))
            + (", " + quoted(comes) + " TO " + quoted(place)));
  }

  private String quoted(String table) {
    return dialect.quote(this.table.schema(), table);
  }
}
