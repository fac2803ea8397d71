package dev.tidemark.connect.table;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.SyncException;
import java.sql.Connection;
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
             coalesce(bool_or(hidden), false), pg_is_in_recovery()
        FROM (SELECT xact_start AS started, query = '<insufficient privilege>' AS hidden
                FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()
                 AND coalesce(backend_type, '') NOT IN ('walsender', 'autovacuum worker')
              UNION ALL
              SELECT prepared, false FROM pg_prepared_xacts WHERE database = current_database()) open""";

  private PostgresTransactions() {}

  static Duration oldest(Connection session) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(OLDEST)) {
      row.next();
      boolean hidden = row.getBoolean(2);
      boolean standby = row.getBoolean(3);
      if (hidden || standby) {
        throw new SyncException(
            ErrorCode.TRANSACTIONS_HIDDEN,
            standby
                ? "A standby does not tell which transactions are open at its primary."
                : "The user may not see which transactions of others are open.",
            standby
                ? "Read from the primary, or use mode: diff."
                : "GRANT pg_read_all_stats to the user, or use mode: diff.");
      }
      return Duration.ofMillis(Math.max(0, row.getLong(1)));
    }
  }
}
