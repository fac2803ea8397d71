package dev.tidemark.connect.mysql;

import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.statement.NamedType;
import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.TableEntry;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.type.ColumnType;
import dev.tidemark.connect.type.MysqlTypes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the information schema of MySQL and MariaDB. */
final class MysqlCatalog {

  private static final String TABLES =
      """
      SELECT table_schema, table_name, coalesce(table_rows, 0)
        FROM information_schema.tables
       WHERE table_schema = ? AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')
         AND table_name NOT LIKE 'tidemark\\_%'
       ORDER BY table_name""";

  private static final String TABLE =
      """
      SELECT table_schema, table_name, coalesce(table_rows, 0)
        FROM information_schema.tables
       WHERE table_schema = ? AND table_name = ?""";

  private static final String COLUMNS =
      """
      SELECT column_name, is_nullable, extra, DATA_TYPE, column_type,
             character_maximum_length, numeric_precision, numeric_scale, datetime_precision,
             coalesce(collation_name, ''), coalesce(character_set_name, '')
        FROM information_schema.columns c
       WHERE table_schema = ? AND table_name = ?
       ORDER BY ordinal_position""";

  private static final String KEYS =
      """
      SELECT index_name, column_name, nullable = '' AND sub_part IS NULL AND column_name IS NOT NULL
        FROM information_schema.statistics
       WHERE table_schema = ? AND table_name = ? AND non_unique = 0
       ORDER BY index_name <> 'PRIMARY', index_name, seq_in_index""";

  private MysqlCatalog() {}

  static List<TableEntry> tables(Connection session, String schema) throws SQLException {
    List<TableEntry> tables = new ArrayList<>();
    try (PreparedStatement query = session.prepareStatement(TABLES)) {
      query.setString(1, schema);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          tables.add(new TableEntry(row.getString(1), row.getString(2), row.getLong(3)));
        }
      }
    }
    return tables;
  }

  static Optional<String> engine(Connection session, TableShape table) throws SQLException {
    try (PreparedStatement query =
        session.prepareStatement(
            "SELECT engine FROM information_schema.tables"
                + " WHERE table_schema = ? AND table_name = ?")) {
      query.setString(1, table.schema());
      query.setString(2, table.name());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
      }
    }
  }

  static Optional<TableShape> describe(
      Connection session, DatabaseType server, String schema, String table) throws SQLException {
    try (PreparedStatement query = session.prepareStatement(TABLE)) {
      query.setString(1, schema);
      query.setString(2, table);
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        return Optional.of(
            new TableShape(
                row.getString(1),
                row.getString(2),
                columns(session, server, schema, table),
                key(session, schema, table),
                row.getLong(3)));
      }
    }
  }

  private static List<Column> columns(
      Connection session, DatabaseType server, String schema, String table) throws SQLException {
    List<Column> columns = new ArrayList<>();
    String sql = COLUMNS.replace("DATA_TYPE", dataType(server));
    try (PreparedStatement query = session.prepareStatement(sql)) {
      // As constants in each place: only then does MariaDB look at this table alone.
      for (int place = 1; place < query.getParameterMetaData().getParameterCount(); place += 2) {
        query.setString(place, schema);
        query.setString(place + 1, table);
      }
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          String extra = row.getString(3).toUpperCase(Locale.ROOT);
          columns.add(
              new Column(
                  row.getString(1),
                  type(row, server),
                  row.getString(2).equals("YES"),
                  extra.contains("VIRTUAL") || extra.contains("STORED GENERATED"),
                  folding(row.getString(10)),
                  ordering(row.getString(4), row.getString(10)),
                  extra.contains("AUTO_INCREMENT")));
        }
      }
    }
    return columns;
  }

  /** MariaDB's json is a longtext with a constraint; both databases hide what they are. */
  private static String dataType(DatabaseType server) {
    return server == DatabaseType.MARIADB
        ? """
        CASE WHEN data_type = 'longtext' AND EXISTS (
               SELECT 1 FROM information_schema.check_constraints k
                WHERE k.constraint_schema = ? AND k.table_name = ?
                  AND k.check_clause = concat('json_valid(`', c.column_name, '`)'))
             THEN 'json' ELSE data_type END"""
        : "data_type";
  }

  private static ColumnType type(ResultSet row, DatabaseType server) throws SQLException {
    String name = row.getString(4).toLowerCase(Locale.ROOT);
    return MysqlTypes.of(
        server,
        name,
        name.equals("json") ? name : row.getString(5),
        name.equals("json") ? "" : row.getString(11),
        row.getLong(6),
        row.getInt(7),
        row.getInt(8),
        row.getInt(9));
  }

  /** All others ignore blanks at the end, if nothing else. */
  private static String folding(String collation) {
    boolean exact = collation.endsWith("_0900_bin") || collation.endsWith("_nopad_bin");
    return exact || collation.equals("binary") ? "" : collation;
  }

  private static String ordering(String type, String collation) {
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" ->
          // All of utf8mb4. The other *_bin order a blank at the end like nothing, before and
          // behind other bytes.
          collation.equals("utf8mb4_0900_bin") || collation.equals("utf8mb4_nopad_bin")
              ? Column.BY_BYTES
              : collation;
      // enum and set are ordered by their numbers, MariaDB's uuid by parts from its end.
      default -> "";
    };
  }

  private static List<String> key(Connection session, String schema, String table)
      throws SQLException {
    List<String> key = new ArrayList<>();
    try (PreparedStatement query = session.prepareStatement(KEYS)) {
      query.setString(1, schema);
      query.setString(2, table);
      try (ResultSet row = query.executeQuery()) {
        String index = "";
        boolean usable = false;
        while (row.next()) {
          if (!row.getString(1).equals(index)) {
            if (usable) {
              return key;
            }
            index = row.getString(1);
            usable = true;
            key.clear();
          }
          usable &= row.getBoolean(3);
          key.add(row.getString(2));
        }
        return usable ? key : List.of();
      }
    }
  }

  /**
   * As {@link Dialect#typeNamed}.
   *
   * @param table a temporary one, quoted
   */
  static ColumnType typeNamed(Connection session, DatabaseType server, String table, String sql)
      throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute("CREATE TEMPORARY TABLE " + table + " (value " + sql + "\n)");
      try (ResultSet row = statement.executeQuery("SHOW FULL COLUMNS FROM " + table)) {
        row.next();
        ColumnType type = MysqlTypes.spelled(server, row.getString("Type"), sql);
        return NamedType.only(row.next() ? List.of(type, type) : List.of(type), sql);
      } finally {
        statement.execute("DROP TEMPORARY TABLE " + table);
      }
    }
  }
}
