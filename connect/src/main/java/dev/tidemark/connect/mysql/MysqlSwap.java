package dev.tidemark.connect.mysql;

import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/**
 * A table that takes the place of another one by a rename of both at once. Each statement commits,
 * and no lock holds over two of them for a user who may not lock tables: what came to the table at
 * the last moment is seen when it is out of the way, and brings it back.
 */
final class MysqlSwap {

  private static final Pattern COUNTER = Pattern.compile("( ENGINE=\\w+) AUTO_INCREMENT=\\d+");

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
      if (!isLike(statement, table.name(), name)) {
        session.rollback();
        return false;
      }
      rename(statement, table.name(), old, name);
      TableShape away =
          new TableShape(table.schema(), old, table.columns(), table.key(), table.estimatedRows());
      if (!dialect.standsAlone(session, away) || !isLike(statement, old, table.name())) {
        rename(statement, table.name(), name, old);
        return false;
      }
      statement.execute("DROP TABLE " + quoted(old));
      return true;
    }
  }

  /** Whether two tables are made of the same: a column or an index may have come to one. */
  private boolean isLike(Statement statement, String one, String other) throws SQLException {
    return definition(statement, one).equals(definition(statement, other));
  }

  /** Without what says which one it is, and to which number it has counted. */
  private String definition(Statement statement, String name) throws SQLException {
    try (ResultSet row = statement.executeQuery("SHOW CREATE TABLE " + quoted(name))) {
      row.next();
      String quoted = dialect.quote(name);
      String stem = quoted.substring(0, quoted.length() - 1);
      return COUNTER
          .matcher(row.getString(2))
          .replaceFirst("$1")
          .replaceFirst(Pattern.quote("CREATE TABLE " + quoted), "CREATE TABLE")
          // MySQL gives a check that has no name one of its table's, and another when that has.
          .replace("CONSTRAINT " + stem + "_chk_", "CONSTRAINT `_chk_");
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
