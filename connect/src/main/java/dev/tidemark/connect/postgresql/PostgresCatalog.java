package dev.tidemark.connect.postgresql;

import dev.tidemark.connect.statement.NamedType;
import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.TableEntry;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.type.ColumnType;
import dev.tidemark.connect.type.PostgresTypes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads PostgreSQL's own catalogs; the information schema hides what the user may not own. */
final class PostgresCatalog {

  private static final String TABLES =
      """
      SELECT n.nspname, c.relname, greatest(c.reltuples, 0)::bigint
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND NOT c.relispartition
         AND c.relname NOT LIKE 'tidemark\\_%'
       ORDER BY c.relname""";

  private static final String TABLE =
      """
      SELECT c.oid, n.nspname, c.relname, c.reltuples::bigint, c.relkind IN ('v', 'm')
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')""";

  private static final String COLUMNS =
      """
      SELECT a.attname,
             a.attnotnull
               AND NOT EXISTS (
                 SELECT 1 FROM pg_catalog.pg_foreign_table f WHERE f.ftrelid = a.attrelid)
               AND NOT EXISTS (
                 SELECT 1 FROM pg_catalog.pg_constraint n
                  WHERE n.conrelid = a.attrelid AND n.contype = 'n' AND NOT n.convalidated
                    AND a.attnum = ANY (n.conkey)),
             a.attgenerated <> '',
             pg_catalog.format_type(t.oid, b.modifier), t.typname, b.modifier, t.typcategory,
             t.typnamespace = 'pg_catalog'::regnamespace,
             CASE WHEN t.typname = 'citext' THEN 'citext' ELSE coalesce((
               SELECT (to_jsonb(l) - ARRAY['oid', 'collnamespace', 'collowner', 'collversion'])::text
                 FROM pg_catalog.pg_collation l
                WHERE l.oid = a.attcollation AND NOT l.collisdeterministic), '') END,
             t.typname = 'uuid'
               OR t.typname IN ('text', 'varchar', 'name')
                  AND pg_catalog.getdatabaseencoding() = 'UTF8' AND EXISTS (
                    SELECT 1
                      FROM pg_catalog.pg_collation l, pg_catalog.pg_database d
                     WHERE l.oid = a.attcollation AND d.datname = current_database()
                       AND CASE l.collprovider
                             WHEN 'b' THEN true
                             WHEN 'c' THEN l.collcollate = ANY (c.bytewise)
                             WHEN 'd' THEN
                               CASE to_jsonb(d) ->> 'datlocprovider'
                                 WHEN 'b' THEN true
                                 WHEN 'i' THEN false
                                 ELSE d.datcollate = ANY (c.bytewise)
                               END
                             ELSE false
                           END)
        FROM pg_catalog.pg_attribute a
       CROSS JOIN LATERAL (
             WITH RECURSIVE beneath (type, modifier) AS (
               SELECT a.atttypid, a.atttypmod
                UNION ALL
               SELECT d.typbasetype, CASE WHEN d.typtypmod < 0 THEN n.modifier ELSE d.typtypmod END
                 FROM beneath n
                 JOIN pg_catalog.pg_type d ON d.oid = n.type AND d.typtype = 'd')
             SELECT n.type, n.modifier
               FROM beneath n
               JOIN pg_catalog.pg_type e ON e.oid = n.type AND e.typtype <> 'd') b
        JOIN pg_catalog.pg_type t ON t.oid = b.type
       CROSS JOIN (SELECT ARRAY['C', 'POSIX', 'C.UTF-8', 'C.utf8', 'ucs_basic'] AS bytewise) c
       WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped
       ORDER BY a.attnum""";

  private static final String KEY =
      """
      SELECT a.attname
        FROM (SELECT i.indrelid, i.indkey, i.indnkeyatts
                FROM pg_catalog.pg_index i
               WHERE i.indrelid = ? AND i.indisunique AND i.indisvalid
                 AND i.indpred IS NULL AND i.indexprs IS NULL
                 AND (i.indisprimary OR NOT EXISTS (
                       SELECT 1 FROM pg_catalog.pg_attribute x
                        WHERE x.attrelid = i.indrelid AND x.attnum = ANY (i.indkey)
                          AND NOT x.attnotnull))
               ORDER BY i.indisprimary DESC, i.indnkeyatts, i.indexrelid
               LIMIT 1) k
       CROSS JOIN LATERAL unnest(k.indkey) WITH ORDINALITY AS p (attnum, place)
        JOIN pg_catalog.pg_attribute a ON a.attrelid = k.indrelid AND a.attnum = p.attnum
       WHERE p.place <= k.indnkeyatts
       ORDER BY p.place""";

  private PostgresCatalog() {}

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

  static Optional<TableShape> describe(Connection session, String schema, String table)
      throws SQLException {
    try (PreparedStatement query = session.prepareStatement(TABLE)) {
      query.setString(1, schema);
      query.setString(2, table);
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        long oid = row.getLong(1);
        return Optional.of(
            new TableShape(
                row.getString(2),
                row.getString(3),
                columns(session, oid),
                key(session, oid),
                Math.max(0, row.getLong(4)),
                row.getBoolean(5)));
      }
    }
  }

  /** The columns of a relation. */
  static List<Column> columns(Connection session, long oid) throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (PreparedStatement query = session.prepareStatement(COLUMNS)) {
      query.setLong(1, oid);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          ColumnType type =
              PostgresTypes.of(
                  row.getString(5),
                  row.getString(4),
                  row.getInt(6),
                  row.getString(7),
                  row.getBoolean(8));
          columns.add(
              new Column(
                  row.getString(1),
                  type,
                  !row.getBoolean(2),
                  row.getBoolean(3),
                  row.getString(9),
                  row.getBoolean(10) ? Column.BY_BYTES : ""));
        }
      }
    }
    return columns;
  }

  private static List<String> key(Connection session, long oid) throws SQLException {
    List<String> key = new ArrayList<>();
    try (PreparedStatement query = session.prepareStatement(KEY)) {
      query.setLong(1, oid);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          key.add(row.getString(1));
        }
      }
    }
    return key;
  }

  /** As {@link Dialect#typeNamed}. */
  static ColumnType typeNamed(Connection session, String sql) throws SQLException {
    session.setAutoCommit(false);
    try (Statement statement = session.createStatement()) {
      statement.execute("CREATE TEMPORARY TABLE " + NamedType.TABLE + " (value " + sql + "\n)");
      try (ResultSet row =
          statement.executeQuery(
              "SELECT 'pg_temp." + NamedType.TABLE + "'::regclass::oid::bigint")) {
        row.next();
        return NamedType.only(
            columns(session, row.getLong(1)).stream().map(Column::type).toList(), sql);
      }
    } finally {
      session.rollback();
      session.setAutoCommit(true);
    }
  }
}
