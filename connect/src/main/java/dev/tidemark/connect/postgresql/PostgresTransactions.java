package dev.tidemark.connect.postgresql;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Looks at the transactions that are open in a PostgreSQL database. */
final class PostgresTransactions {

  /** A standby replays what was committed elsewhere, and cannot see what is still open there. */
  private static final String OLDEST =
      """
      SELECT coalesce(ceil(extract(epoch FROM clock_timestamp() - min(started)) * 1000), 0)::bigint,
             coalesce(bool_or(hidden), false), pg_is_in_recovery(),
             EXISTS (SELECT 1 FROM pg_subscription_rel s
                       JOIN pg_class c ON c.oid = s.srrelid
                       JOIN pg_namespace n ON n.oid = c.relnamespace
                      WHERE n.nspname = ? AND c.relname = ?)
        FROM (SELECT xact_start AS started, query = '<insufficient privilege>' AS hidden
                FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()
                 AND coalesce(backend_type, '') NOT IN ('walsender', 'autovacuum worker')
              UNION ALL
              SELECT prepared, false FROM pg_prepared_xacts WHERE database = current_database()) open""";

  private PostgresTransactions() {}

  static Duration oldest(Connection session, TableShape table) throws SQLException {
    try (PreparedStatement statement = session.prepareStatement(OLDEST)) {
      statement.setString(1, table.schema());
      statement.setString(2, table.name());
      return oldest(statement);
    }
  }

  /** Whether those of all users are shown; else only where nobody else is there. */
  static boolean seesAll(Connection session) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT pg_has_role('pg_read_all_stats', 'USAGE')")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static Duration oldest(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      boolean hidden = row.getBoolean(2);
      boolean copy = row.getBoolean(3) || row.getBoolean(4);
      if (hidden || copy) {
        throw new SyncException(
            ErrorCode.TRANSACTIONS_HIDDEN,
            copy
                ? "A standby or subscriber does not tell which transactions are open at its origin."
                : "The user may not see which transactions of others are open.",
            copy
                ? "Read from the origin, or use mode: diff."
                : "GRANT pg_read_all_stats to the user, or use mode: diff.");
      }
      return Duration.ofMillis(Math.max(0, row.getLong(1)));
    }
  }
}
