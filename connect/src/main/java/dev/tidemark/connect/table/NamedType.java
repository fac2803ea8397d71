package dev.tidemark.connect.table;

import dev.tidemark.connect.configuration.DatabaseType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a server what a type is that somebody wrote: by a temporary table that has a column of it,
 * and is gone at once.
 */
final class NamedType {

  static final String TABLE = "tidemark_type";

  private static final Pattern SPELLED =
      Pattern.compile("([a-z0-9_]+)(?:\\(([0-9]+)(?:,([0-9]+))?\\))?.*", Pattern.DOTALL);

  private NamedType() {}

  static ColumnType ofPostgres(Connection session, String sql) throws SQLException {
    session.setAutoCommit(false);
    try (Statement statement = session.createStatement()) {
      statement.execute("CREATE TEMPORARY TABLE " + TABLE + " (value " + sql + "\n)");
      try (ResultSet row =
          statement.executeQuery("SELECT 'pg_temp." + TABLE + "'::regclass::oid::bigint")) {
        row.next();
        return only(
            PostgresCatalog.columns(session, row.getLong(1)).stream().map(Column::type).toList(),
            sql);
      }
    } finally {
      session.rollback();
      session.setAutoCommit(true);
    }
  }

  static ColumnType ofMysql(Connection session, DatabaseType server, String table, String sql)
      throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute("CREATE TEMPORARY TABLE " + table + " (value " + sql + "\n)");
      try (ResultSet row = statement.executeQuery("SHOW FULL COLUMNS FROM " + table)) {
        row.next();
        ColumnType type = ofMysql(server, row.getString("Type"), sql);
        return only(row.next() ? List.of(type, type) : List.of(type), sql);
      } finally {
        statement.execute("DROP TEMPORARY TABLE " + table);
      }
    }
  }

  /** By what the server calls it, where {@code sql} is what somebody wrote. */
  static ColumnType ofMysql(DatabaseType server, String spelling, String sql) {
    if (sql.strip().equalsIgnoreCase("json")) {
      // MariaDB calls it a longtext.
      return MysqlTypes.of(server, "json", "json", "", 0, 0, 0, 0);
    }
    Matcher parts = SPELLED.matcher(spelling.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      return MysqlTypes.of(server, spelling, spelling, "", 0, 0, 0, 0);
    }
    int first = parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2));
    int second = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
    return MysqlTypes.of(server, parts.group(1), spelling, "", first, first, second, first);
  }

  private static ColumnType only(List<ColumnType> types, String sql) throws SQLException {
    if (types.size() != 1) {
      throw new SQLException("More than one type: " + sql, "42601");
    }
    return types.getFirst();
  }
}
