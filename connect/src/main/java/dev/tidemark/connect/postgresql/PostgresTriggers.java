package dev.tidemark.connect.postgresql;

import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What acts in PostgreSQL when rows of a table are written, on the table itself or on its
 * partitions and children.
 *
 * @param onWrite row triggers and rules that may keep a row from being inserted or updated, without
 *     a word
 * @param onDelete those that may keep a row from being deleted
 * @param deferred whether something is checked only at the end of a transaction
 */
record PostgresTriggers(List<String> onWrite, List<String> onDelete, boolean deferred) {

  /**
   * A row trigger that fires before a row is written, or instead, may say that it is not. Those of
   * tgtype's bits: 1 for each row, 2 before, 4 insert, 8 delete, 16 update, 64 instead.
   */
  private static final String ACTING =
      """
      WITH RECURSIVE part (oid) AS (
        SELECT c.oid
          FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = ? AND c.relname = ?
         UNION
        SELECT i.inhrelid FROM part p JOIN pg_catalog.pg_inherits i ON i.inhparent = p.oid)
      SELECT DISTINCT 'trigger ' || g.tgname, (g.tgtype & 20) <> 0, (g.tgtype & 8) <> 0, false
        FROM part p
        JOIN pg_catalog.pg_trigger g ON g.tgrelid = p.oid
       WHERE g.tgenabled <> 'D' AND (g.tgtype & 1) <> 0 AND (g.tgtype & 66) <> 0
       UNION ALL
      SELECT 'rule ' || r.rulename, r.ev_type IN ('2', '3'), r.ev_type = '4', false
        FROM part p
        JOIN pg_catalog.pg_rewrite r ON r.ev_class = p.oid
       WHERE r.is_instead AND r.ev_enabled <> 'D' AND r.ev_type <> '1'
       UNION ALL
      SELECT '', false, false, true
       WHERE EXISTS (SELECT 1 FROM part p
                       JOIN pg_catalog.pg_trigger g ON g.tgrelid = p.oid
                      WHERE g.tginitdeferred AND g.tgenabled <> 'D')
       ORDER BY 1""";

  PostgresTriggers {
    onWrite = List.copyOf(onWrite);
    onDelete = List.copyOf(onDelete);
  }

  /** Those of a table. */
  static PostgresTriggers of(Connection session, TableShape table) throws SQLException {
    List<String> onWrite = new ArrayList<>();
    List<String> onDelete = new ArrayList<>();
    boolean deferred = false;
    try (PreparedStatement query = session.prepareStatement(ACTING)) {
      query.setString(1, table.schema());
      query.setString(2, table.name());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          if (row.getBoolean(2)) {
            onWrite.add(row.getString(1));
          }
          if (row.getBoolean(3)) {
            onDelete.add(row.getString(1));
          }
          deferred |= row.getBoolean(4);
        }
      }
    }
    return new PostgresTriggers(onWrite, onDelete, deferred);
  }
}
