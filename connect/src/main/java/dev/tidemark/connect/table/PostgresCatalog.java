package dev.tidemark.connect.table;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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
      SELECT c.oid, n.nspname, c.relname, c.reltuples::bigint
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')""";

  private static final String COLUMNS =
      """
      SELECT a.attname, a.attnotnull, a.attgenerated <> '',
             pg_catalog.format_type(a.atttypid, a.atttypmod),
             coalesce(b.typname, t.typname),
             CASE WHEN b.oid IS NULL THEN a.atttypmod ELSE t.typtypmod END,
             coalesce(b.typcategory, t.typcategory),
             CASE WHEN coalesce(b.typname, t.typname) = 'citext' THEN 'citext' ELSE coalesce((
               SELECT (to_jsonb(l) - ARRAY['oid', 'collnamespace', 'collowner', 'collversion'])::text
                 FROM pg_catalog.pg_collation l
                WHERE l.oid = a.attcollation AND NOT l.collisdeterministic), '') END,
             coalesce(b.typname, t.typname) = 'uuid'
               OR coalesce(b.typname, t.typname) IN ('text', 'varchar', 'name')
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
        JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_catalog.pg_type b ON t.typtype = 'd' AND b.oid = t.typbasetype
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

  private static final String STANDS_ALONE =
      """
      SELECT c.relkind = 'r' AND c.relacl IS NULL AND NOT c.relhastriggers AND NOT c.relhasrules
             AND NOT c.relrowsecurity AND NOT c.relispartition AND NOT c.relhassubclass
             AND pg_catalog.pg_get_userbyid(c.relowner) = current_user
             AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
                              WHERE d.refclassid = 'pg_catalog.pg_class'::regclass
                                AND d.refobjid = c.oid AND d.deptype = 'n'
                                AND d.classid = 'pg_catalog.pg_rewrite'::regclass)
             AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
                               JOIN pg_catalog.pg_class q ON q.oid = d.objid AND q.relkind = 'S'
                              WHERE d.classid = 'pg_catalog.pg_class'::regclass
                                AND d.refclassid = 'pg_catalog.pg_class'::regclass
                                AND d.refobjid = c.oid)
             AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_publication_rel p WHERE p.prrelid = c.oid)
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = ? AND c.relname = ?""";

  private PostgresCatalog() {}

  /** Nothing of others hangs on it; a sequence that it owns would be dropped with it. */
  static boolean standsAlone(Connection session, TableShape table) throws SQLException {
    try (PreparedStatement query = session.prepareStatement(STANDS_ALONE)) {
      query.setString(1, table.schema());
      query.setString(2, table.name());
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

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
                Math.max(0, row.getLong(4))));
      }
    }
  }

  private static List<Column> columns(Connection session, long oid) throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (PreparedStatement query = session.prepareStatement(COLUMNS)) {
      query.setLong(1, oid);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          ColumnType type =
              type(row.getString(4), row.getString(5), row.getInt(6), row.getString(7));
          columns.add(
              new Column(
                  row.getString(1),
                  type,
                  !row.getBoolean(2),
                  row.getBoolean(3),
                  row.getString(8),
                  row.getBoolean(9) ? Column.BY_BYTES : ""));
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

  /** A type modifier counts from 4 where the type has a length; PostgreSQL's numeric packs two. */
  private static ColumnType type(String spelled, String name, int modifier, String category) {
    return switch (name) {
      case "bool" -> ColumnType.of(ColumnKind.BOOLEAN, spelled);
      case "int2" -> ColumnType.of(ColumnKind.INT16, spelled);
      case "int4" -> ColumnType.of(ColumnKind.INT32, spelled);
      case "int8" -> ColumnType.of(ColumnKind.INT64, spelled);
      case "numeric" -> numeric(spelled, modifier);
      case "float4" -> ColumnType.of(ColumnKind.FLOAT32, spelled);
      case "float8" -> ColumnType.of(ColumnKind.FLOAT64, spelled);
      case "text", "name" -> ColumnType.of(ColumnKind.TEXT, spelled);
      case "varchar", "bpchar" ->
          ColumnType.sized(ColumnKind.TEXT, modifier < 4 ? 0 : modifier - 4, spelled);
      case "bytea" -> ColumnType.of(ColumnKind.BYTES, spelled);
      case "date" -> ColumnType.of(ColumnKind.DATE, spelled);
      case "time" -> ColumnType.exact(ColumnKind.TIME, fraction(modifier), 0, spelled);
      case "timestamp" -> ColumnType.exact(ColumnKind.TIMESTAMP, fraction(modifier), 0, spelled);
      case "timestamptz" ->
          ColumnType.exact(ColumnKind.TIMESTAMPTZ, fraction(modifier), 0, spelled);
      case "uuid" -> ColumnType.of(ColumnKind.UUID, spelled);
      case "json", "jsonb" -> ColumnType.of(ColumnKind.JSON, spelled);
      default -> ColumnType.of(category.equals("A") ? ColumnKind.JSON : ColumnKind.OTHER, spelled);
    };
  }

  private static ColumnType numeric(String spelled, int modifier) {
    if (modifier < 4) {
      return ColumnType.of(ColumnKind.DECIMAL, spelled);
    }
    int packed = modifier - 4;
    int precision = packed >> 16 & 0xffff;
    int scale = ((packed & 0x7ff) ^ 1024) - 1024;
    return scale < 0
        ? ColumnType.exact(ColumnKind.DECIMAL, precision - scale, 0, spelled)
        : ColumnType.exact(ColumnKind.DECIMAL, Math.max(precision, scale), scale, spelled);
  }

  private static int fraction(int modifier) {
    return modifier < 0 ? 6 : modifier;
  }
}
