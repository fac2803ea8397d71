package dev.tidemark.connect.target;

import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Foreign keys of other tables that change their rows when a row of this one is deleted. A table
 * that is replaced loses all of its rows for a moment, and theirs would be gone for good.
 */
public final class CascadingDeletes {

  private static final String OF_POSTGRES =
      """
      SELECT k.conname || ' of ' || k.conrelid::regclass
        FROM pg_catalog.pg_constraint k
        JOIN pg_catalog.pg_class c ON c.oid = k.confrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE k.contype = 'f' AND k.confdeltype IN ('c', 'n', 'd') AND k.conrelid <> k.confrelid
         AND n.nspname = ? AND c.relname = ?
       ORDER BY 1 LIMIT 1""";

  private static final String OF_MYSQL =
      """
      SELECT concat(constraint_name, ' of ', table_name)
        FROM information_schema.referential_constraints
       WHERE delete_rule IN ('CASCADE', 'SET NULL', 'SET DEFAULT')
         AND unique_constraint_schema = ? AND referenced_table_name = ?
         AND (constraint_schema <> unique_constraint_schema OR table_name <> referenced_table_name)
       ORDER BY 1 LIMIT 1""";

  private CascadingDeletes() {}

  /**
   * Checks that there are none.
   *
   * @throws SyncException DELETES_CASCADE when there is one
   */
  public static void check(Connection session, DatabaseType server, String schema, String table)
      throws SQLException {
    Optional<String> found = find(session, server, schema, table);
    if (found.isPresent()) {
      throw new SyncException(
          ErrorCode.DELETES_CASCADE,
          ("Table " + table + " cannot be replaced: the foreign key " + found.get())
              + " would delete or change rows there.",
          Failures.remedy(ErrorCode.DELETES_CASCADE));
    }
  }

  private static Optional<String> find(
      Connection session, DatabaseType server, String schema, String table) throws SQLException {
    try (PreparedStatement query =
        session.prepareStatement(server == DatabaseType.POSTGRESQL ? OF_POSTGRES : OF_MYSQL)) {
      query.setString(1, schema);
      query.setString(2, table);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }
}
