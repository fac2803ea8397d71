package dev.tidemark.connect.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a table of PostgreSQL is made of. A table that is made LIKE another one has all that LIKE
 * knows of; its indexes have names of their own.
 *
 * @param parts columns, constraints, and what else there is but indexes, each in words
 * @param indexes with the constraints that they serve, in the order of their definitions
 */
record PostgresMakeup(List<String> parts, List<Index> indexes) {

  /**
   * An index.
   *
   * @param definition all of it but its name and that of its table
   */
  record Index(String name, String definition) {}

  private static final String PARTS =
      """
      WITH t AS (
        SELECT c.oid, c.relam, c.reloftype, c.relforcerowsecurity, x.reloptions
          FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
          LEFT JOIN pg_catalog.pg_class x ON x.oid = c.reltoastrelid
         WHERE n.nspname = ? AND c.relname = ?)
      SELECT 'table ' || jsonb_build_array(relam, reloftype, relforcerowsecurity, reloptions)::text
        FROM t
       UNION ALL
      SELECT 'column ' || jsonb_build_array(
               row_number() OVER (ORDER BY a.attnum), a.attname,
               pg_catalog.format_type(a.atttypid, a.atttypmod), a.attcollation, a.attnotnull,
               a.attidentity, a.attgenerated, pg_catalog.pg_get_expr(d.adbin, d.adrelid),
               a.attstorage, coalesce(a.attstattarget, -1), a.attoptions,
               pg_catalog.col_description(a.attrelid, a.attnum))::text
        FROM t
        JOIN pg_catalog.pg_attribute a
          ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
       UNION ALL
      SELECT 'constraint ' || jsonb_build_array(
               k.conname, pg_catalog.pg_get_constraintdef(k.oid),
               pg_catalog.obj_description(k.oid, 'pg_constraint'))::text
        FROM t
        JOIN pg_catalog.pg_constraint k ON k.conrelid = t.oid AND k.conindid = 0
       UNION ALL
      SELECT 'statistics ' || s.stxname
        FROM t JOIN pg_catalog.pg_statistic_ext s ON s.stxrelid = t.oid
       UNION ALL
      SELECT 'policy ' || p.polname FROM t JOIN pg_catalog.pg_policy p ON p.polrelid = t.oid
       UNION ALL
      SELECT 'label ' || l.provider || ' ' || l.label
        FROM t
        JOIN pg_catalog.pg_seclabel l
          ON l.objoid = t.oid AND l.classoid = 'pg_catalog.pg_class'::regclass
       ORDER BY 1""";

  /** Behind the names of index and table all is the same for two that do the same. */
  private static final String INDEXES =
      """
      SELECT x.relname, jsonb_build_array(
               replace(
                 pg_catalog.pg_get_indexdef(x.oid),
                 ' INDEX ' || quote_ident(x.relname) || ' ON ' || quote_ident(n.nspname) || '.'
                   || quote_ident(c.relname) || ' ', ' '),
               pg_catalog.pg_get_constraintdef(k.oid), i.indisvalid, i.indisclustered,
               i.indisreplident, x.reltablespace,
               (SELECT jsonb_agg(coalesce(a.attstattarget, -1) ORDER BY a.attnum)
                  FROM pg_catalog.pg_attribute a WHERE a.attrelid = x.oid),
               pg_catalog.obj_description(x.oid, 'pg_class'),
               pg_catalog.obj_description(k.oid, 'pg_constraint'))::text
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_catalog.pg_index i ON i.indrelid = c.oid
        JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
        LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = x.oid AND k.conrelid = c.oid
       WHERE n.nspname = ? AND c.relname = ?
       ORDER BY 2, 1""";

  PostgresMakeup {
    parts = List.copyOf(parts);
    indexes = List.copyOf(indexes);
  }

  /** That of a table as it is now. */
  static PostgresMakeup of(Connection session, String schema, String table) throws SQLException {
    List<String> parts = new ArrayList<>();
    try (PreparedStatement query = session.prepareStatement(PARTS)) {
      query.setString(1, schema);
      query.setString(2, table);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          parts.add(row.getString(1));
        }
      }
    }
    List<Index> indexes = new ArrayList<>();
    try (PreparedStatement query = session.prepareStatement(INDEXES)) {
      query.setString(1, schema);
      query.setString(2, table);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          indexes.add(new Index(row.getString(1), row.getString(2)));
        }
      }
    }
    return new PostgresMakeup(parts, indexes);
  }

  /** Whether two tables differ in nothing but the names of their indexes. */
  boolean isLike(PostgresMakeup other) {
    return parts.equals(other.parts) && definitions().equals(other.definitions());
  }

  private List<String> definitions() {
    return indexes.stream().map(Index::definition).toList();
  }

  /**
   * By the name of each index, what its like is called in another table.
   *
   * @param other one that this is like
   */
  Map<String, String> namesIn(PostgresMakeup other) {
    Map<String, String> names = new LinkedHashMap<>();
    for (int i = 0; i < indexes.size(); i++) {
      names.put(indexes.get(i).name(), other.indexes.get(i).name());
    }
    return names;
  }
}
