package dev.tidemark.connect.checkpoint;

import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.table.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tidemark's own tables in a target's schema. */
final class CheckpointTables {

  static final String SLICE = "tidemark_slice";
  static final String CURSOR = "tidemark_cursor";
  static final String TABLE = "tidemark_table";

  private static final String EXTRA = "rows_extra bigint NOT NULL DEFAULT 0";
  private static final String LETTERED = "rows_lettered bigint NOT NULL DEFAULT 0";

  private CheckpointTables() {}

  /** Creates the tables unless they exist. The session must be in auto-commit mode. */
  static void create(Connection session, Dialect dialect, DatabaseType type, String schema)
      throws SQLException {
    if (readable(session, dialect, schema)) {
      return;
    }
    @Nullable SQLException failure = null;
    try (Statement statement = session.createStatement()) {
      for (String sql : statements(dialect, type, schema)) {
        try {
          statement.execute(sql);
        } catch (SQLException e) {
          // PostgreSQL's IF NOT EXISTS fails when two sessions create at once; then the other did,
          // and perhaps not the next one yet.
          failure = failure == null ? e : failure;
        }
      }
      if (!readable(session, dialect, schema)) {
        widen(statement, dialect, type, schema);
      }
    } catch (SQLException e) {
      failure = failure == null ? e : failure;
    }
    if (failure != null && !readable(session, dialect, schema)) {
      throw failure;
    }
  }

  /** Asked before every table, so it costs one round trip and no look into the catalog. */
  private static boolean readable(Connection session, Dialect dialect, String schema) {
    try (Statement statement = session.createStatement()) {
      statement.execute(
          ("SELECT part_end, rows_extra, rows_lettered, specification, indexed FROM "
                  + dialect.quote(schema, CURSOR))
              + (", " + dialect.quote(schema, SLICE) + ", " + dialect.quote(schema, TABLE))
              + " WHERE 1 = 0");
      return true;
    } catch (SQLException e) {
      // Whatever is wrong, creating it says so.
      return false;
    }
  }

  /** What tables lack that were made by earlier versions. */
  private static void widen(Statement statement, Dialect dialect, DatabaseType type, String schema)
      throws SQLException {
    boolean postgres = type == DatabaseType.POSTGRESQL;
    widen(statement, dialect.quote(schema, CURSOR), ranges(postgres), "part_end");
    widen(statement, dialect.quote(schema, CURSOR), List.of(EXTRA), "rows_extra");
    widen(statement, dialect.quote(schema, CURSOR), List.of(LETTERED), "rows_lettered");
    widen(statement, dialect.quote(schema, SLICE), watermarks(postgres), "specification");
  }

  private static void widen(Statement statement, String table, List<String> columns, String sign)
      throws SQLException {
    try {
      statement.execute("SELECT " + sign + " FROM " + table + " WHERE 1 = 0");
    } catch (SQLException e) {
      statement.execute(
          columns.stream()
              .map(column -> "ADD COLUMN " + column)
              .collect(Collectors.joining(", ", "ALTER TABLE " + table + " ", "")));
    }
  }

  private static List<String> watermarks(boolean postgres) {
    String text = postgres ? " text NULL" : " longtext NULL";
    return List.of(
        "watermark" + text,
        "watermark_of" + text,
        "next_watermark" + text,
        "next_watermark_of" + text,
        "specification" + text);
  }

  private static List<String> ranges(boolean postgres) {
    return List.of(
        "rows_deleted bigint NOT NULL DEFAULT 0",
        "finished int NOT NULL DEFAULT 0",
        "part_end " + (postgres ? "text" : "longtext") + " NULL");
  }

  private static List<String> statements(Dialect dialect, DatabaseType type, String schema) {
    boolean postgres = type == DatabaseType.POSTGRESQL;
    String name = postgres ? "text" : "varchar(190)";
    String slice = postgres ? "text" : "varchar(500)";
    String text = postgres ? "text" : "varchar(255)";
    String instant = postgres ? "timestamptz" : "timestamp(6)";
    String suffix =
        postgres ? "" : " ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
    return List.of(
        "CREATE TABLE IF NOT EXISTS "
            + dialect.quote(schema, SLICE)
            + (" (table_name " + name + " NOT NULL, slice " + slice + " NOT NULL,")
            + (" pass "
                + text
                + " NULL, source "
                + text
                + " NULL, owner_namespace "
                + text
                + " NULL,")
            + (" owner_workflow " + text + " NULL, owner_run " + text + " NULL,")
            + " generation int NOT NULL, attempt int NOT NULL, token bigint NOT NULL,"
            + " fresh int NOT NULL, finished int NOT NULL,"
            + (String.join(", ", watermarks(postgres)) + ",")
            + (" updated_at "
                + instant
                + " NOT NULL DEFAULT CURRENT_TIMESTAMP"
                + (postgres ? "" : "(6)"))
            + ", PRIMARY KEY (table_name, slice))"
            + suffix,
        "CREATE TABLE IF NOT EXISTS "
            + dialect.quote(schema, CURSOR)
            + (" (table_name " + name + " NOT NULL, slice " + slice + " NOT NULL,")
            + " part int NOT NULL, position "
            + (postgres ? "text" : "longtext")
            + " NULL, rows_read bigint NOT NULL, rows_inserted bigint NOT NULL,"
            + " rows_updated bigint NOT NULL, chunks bigint NOT NULL,"
            + (String.join(", ", ranges(postgres)) + ", " + EXTRA + ", " + LETTERED + ",")
            + " PRIMARY KEY (table_name, slice, part))"
            + suffix,
        "CREATE TABLE IF NOT EXISTS "
            + dialect.quote(schema, TABLE)
            + (" (table_name " + name + " NOT NULL, indexed int NOT NULL,")
            + (" updated_at " + instant + " NOT NULL DEFAULT CURRENT_TIMESTAMP")
            + (postgres ? "" : "(6)")
            + ", PRIMARY KEY (table_name))"
            + suffix);
  }
}
