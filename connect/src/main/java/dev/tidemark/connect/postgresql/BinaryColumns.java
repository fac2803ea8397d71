package dev.tidemark.connect.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks whether rows of a table may come as binary values. */
final class BinaryColumns {

  /**
   * The table's columns and their types. The server looks for a function that takes values of each
   * of them, written or not. Whatever happens behind a statement would happen behind a part of the
   * chunk, where another part goes as text: triggers, and references to rows that come later. Locks
   * no partition.
   */
  private static final String COLUMNS =
      """
      WITH RECURSIVE part (oid) AS (
        SELECT ?::regclass::oid
         UNION
        SELECT i.inhrelid
          FROM part p
          JOIN pg_catalog.pg_inherits i ON i.inhparent = p.oid
          JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid AND c.relispartition)
      SELECT a.attname, a.atttypid::integer, t.typreceive <> 0
        FROM pg_catalog.pg_attribute a
        JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
       WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped
         AND NOT EXISTS (
               SELECT 1 FROM part p JOIN pg_catalog.pg_trigger g ON g.tgrelid = p.oid
                WHERE g.tgenabled <> 'D' AND (g.tgtype & 4) <> 0
                  AND (NOT g.tgisinternal OR g.tgconstraint = 0))
         AND NOT EXISTS (
               SELECT 1 FROM part p JOIN pg_catalog.pg_constraint c ON c.conrelid = p.oid
                WHERE c.contype = 'f'
                  AND coalesce(pg_catalog.pg_partition_root(c.confrelid), c.confrelid)
                    = coalesce(pg_catalog.pg_partition_root(a.attrelid), a.attrelid))""";

  private BinaryColumns() {}

  /**
   * The forms of columns; empty where rows must come as texts. Until the transaction ends, nobody
   * changes what it goes by.
   *
   * @param session not in auto-commit mode
   * @param table its name, quoted
   */
  static Optional<List<BinaryForm>> of(Connection session, String table, List<String> columns)
      throws SQLException {
    try (Statement lock = session.createStatement()) {
      // Takes the lock that COPY takes, of the same tables, and inserts nothing. What follows is
      // another statement, and so sees what was changed before.
      lock.execute("EXPLAIN INSERT INTO " + table + " DEFAULT VALUES");
    }
    Map<String, BinaryForm> forms = new HashMap<>();
    try (PreparedStatement query = session.prepareStatement(COLUMNS)) {
      query.setString(1, table);
      query.setString(2, table);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          if (!row.getBoolean(3)) {
            return Optional.empty();
          }
          String column = row.getString(1);
          BinaryForm.of(row.getInt(2)).ifPresent(form -> forms.put(column, form));
        }
      }
    }
    return forms.keySet().containsAll(columns)
        ? Optional.of(columns.stream().map(forms::get).toList())
        : Optional.empty();
  }
}
