package dev.tidemark.connect.postgresql;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.table.OpenTransactions;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/** Looks at the transactions that are open in a PostgreSQL database. */
final class PostgresTransactions {

  /**
   * A standby replays what was committed elsewhere, and cannot see what is still open there. A
   * session that does not track what it does has no beginning of its transaction, nor has one that
   * was told to track it in the middle.
   */
  private static final String OLDEST =
      """
      SELECT coalesce(ceil(extract(epoch FROM clock_timestamp() - min(xact_start)) * 1000), 0)::bigint,
             coalesce(bool_or(query = '<insufficient privilege>'), false),
             coalesce(bool_or(state = 'disabled'
                              OR state = 'idle in transaction' AND xact_start IS NULL), false),
             pg_is_in_recovery() OR EXISTS (
               SELECT 1 FROM pg_subscription_rel s
                 JOIN pg_class c ON c.oid = s.srrelid
                 JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ? AND c.relname = ?)
        FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()
         AND coalesce(backend_type, '') NOT IN ('walsender', 'autovacuum worker')""";

  /**
   * What a prepared transaction has written, it keeps locked. A lock of its own id tells which
   * locks are its: they belong to no process any more. Of a view nobody knows what it reads.
   */
  private static final String PREPARED =
      """
      WITH RECURSIVE family (relation, is_view) AS (
        SELECT c.oid, c.relkind IN ('v', 'm')
          FROM pg_class c
          JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = ? AND c.relname = ?
         UNION
        SELECT i.inhrelid, false FROM family f JOIN pg_inherits i ON i.inhparent = f.relation)
      SELECT p.gid
        FROM pg_prepared_xacts p
       WHERE p.database = current_database()
         AND EXISTS (
           SELECT 1
             FROM pg_locks own
             JOIN pg_locks held ON held.virtualtransaction = own.virtualtransaction
             JOIN family f ON f.is_view OR f.relation = held.relation
            WHERE own.locktype = 'transactionid' AND own.transactionid = p.transaction
              AND own.pid IS NULL AND held.pid IS NULL AND held.locktype = 'relation'
              AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND held.mode IN ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock',
                                'AccessExclusiveLock'))
       ORDER BY p.prepared
       LIMIT 1""";

  private PostgresTransactions() {}

  /** As {@link dev.tidemark.connect.table.Dialect#openTransactions}. */
  static OpenTransactions open(Connection session, TableShape table) throws SQLException {
    // In this order: one that is prepared in between is in both answers, else it were in none.
    Duration age = oldest(session, table);
    return new OpenTransactions(age, prepared(session, table));
  }

  private static Duration oldest(Connection session, TableShape table) throws SQLException {
    try (PreparedStatement statement = session.prepareStatement(OLDEST)) {
      statement.setString(1, table.schema());
      statement.setString(2, table.name());
      return oldest(statement);
    }
  }

  /** Its name; the time that the server tells of it is that of its preparation. */
  private static Optional<String> prepared(Connection session, TableShape table)
      throws SQLException {
    try (PreparedStatement statement = session.prepareStatement(PREPARED)) {
      statement.setString(1, table.schema());
      statement.setString(2, table.name());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
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
      if (row.getBoolean(4)) {
        throw hidden(
            "A standby or subscriber does not tell which transactions are open at its origin.",
            "Read from the origin, or use mode: diff.");
      }
      if (row.getBoolean(2)) {
        throw hidden(
            "The user may not see which transactions of others are open.",
            "GRANT pg_read_all_stats to the user, or use mode: diff.");
      }
      if (row.getBoolean(3)) {
        throw hidden(
            "Sessions of others do not tell whether a transaction of theirs is open: their"
                + " track_activities is, or was, off.",
            "Set track_activities = on and let them begin anew, or use mode: diff.");
      }
      return Duration.ofMillis(Math.max(0, row.getLong(1)));
    }
  }

  private static SyncException hidden(String why, String remedy) {
    return new SyncException(ErrorCode.TRANSACTIONS_HIDDEN, why, remedy);
  }
}
