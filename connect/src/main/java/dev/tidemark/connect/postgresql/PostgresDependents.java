package dev.tidemark.connect.postgresql;

import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** What hangs on a table of PostgreSQL, as the catalogs have it when they are asked. */
final class PostgresDependents {

  private static final String STANDS_ALONE =
      """
      SELECT c.relkind = 'r' AND c.relacl IS NULL AND NOT c.relhastriggers AND NOT c.relhasrules
             AND NOT c.relrowsecurity AND NOT c.relispartition AND NOT c.relhassubclass
             AND c.reloptions IS NULL AND c.relpersistence = 'p' AND c.relreplident = 'd'
             AND c.reltablespace = 0
             AND pg_catalog.pg_get_userbyid(c.relowner) = current_user
             AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_attribute a
                              WHERE a.attrelid = c.oid AND a.attacl IS NOT NULL)
             AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
                              WHERE d.refclassid = 'pg_catalog.pg_class'::regclass
                                AND d.refobjid = c.oid AND d.deptype = 'n'
                                AND d.classid IN ('pg_catalog.pg_rewrite'::regclass,
                                                  'pg_catalog.pg_proc'::regclass))
             AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d
                               JOIN pg_catalog.pg_class q ON q.oid = d.objid AND q.relkind = 'S'
                              WHERE d.classid = 'pg_catalog.pg_class'::regclass
                                AND d.refclassid = 'pg_catalog.pg_class'::regclass
                                AND d.refobjid = c.oid)
             AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_publication_rel p WHERE p.prrelid = c.oid)
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = ? AND c.relname = ?""";

  private static final String CASCADES =
      """
      SELECT k.conname || ' of ' || k.conrelid::regclass
        FROM pg_catalog.pg_constraint k
        JOIN pg_catalog.pg_class c ON c.oid = k.confrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE k.contype = 'f' AND k.confdeltype IN ('c', 'n', 'd') AND k.conrelid <> k.confrelid
         AND n.nspname = ? AND c.relname = ?
       ORDER BY 1 LIMIT 1""";

  private PostgresDependents() {}

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

  /** A foreign key by which deletes go on to another table, and that table. */
  static Optional<String> cascade(Connection session, String schema, String table)
      throws SQLException {
    try (PreparedStatement query = session.prepareStatement(CASCADES)) {
      query.setString(1, schema);
      query.setString(2, table);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }
}
