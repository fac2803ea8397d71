package dev.tidemark.connect.mysql;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Looks at the transactions that are open on a MySQL or MariaDB server. */
final class MysqlTransactions {

  /**
   * A statement's NOW() is that of its start, which may be long before its transaction begins: it
   * may have waited for a lock on the table. InnoDB tells times of the system's zone.
   */
  private static final String OLDEST =
      """
      SELECT coalesce(max(age), 0) FROM (
        SELECT %s AS age
          FROM information_schema.innodb_trx WHERE trx_mysql_thread_id <> CONNECTION_ID()
        UNION ALL
        SELECT time FROM information_schema.processlist
         WHERE id <> CONNECTION_ID()
           AND command IN ('Query', 'Execute', 'Prepare', 'Connect', 'Slave_SQL')) open"""
          .formatted(secondsSince("trx_started", "SYSTEM"));

  private MysqlTransactions() {}

  static Duration oldest(Connection session) throws SQLException {
    try (Statement statement = session.createStatement()) {
      refuseReplica(statement);
      try (ResultSet row = statement.executeQuery(OLDEST)) {
        row.next();
        // Both count whole seconds.
        return Duration.ofSeconds(Math.max(0, row.getLong(1)) + 1);
      }
    } catch (SQLException e) {
      if (Failures.classify(e) != ErrorCode.ACCESS_DENIED) {
        throw e;
      }
      throw new SyncException(
          ErrorCode.TRANSACTIONS_HIDDEN,
          "The user may not see which transactions of others are open.",
          "GRANT PROCESS ON *.* to the user, or use mode: diff.",
          e);
    }
  }

  /**
   * An expression: how many seconds ago a time was. Where the zone's clock is put back, an hour
   * comes twice and the server takes it for either; the greater of both ages counts. The other
   * reading is that by the clock of some hours before.
   *
   * @param local an expression of the time in the zone
   */
  static String secondsSince(String local, String zone) {
    String there = "'" + zone + "'";
    String start = "CONVERT_TZ(" + local + ", " + there + ", '+00:00')";
    String before = "(" + start + " - INTERVAL 3 HOUR)";
    String ahead =
        ("TIMESTAMPDIFF(SECOND, " + before)
            + (", CONVERT_TZ(" + before + ", '+00:00', " + there + "))");
    return ("GREATEST(TIMESTAMPDIFF(SECOND, " + start + ", UTC_TIMESTAMP()),")
        + (" TIMESTAMPDIFF(SECOND, " + local + ", UTC_TIMESTAMP()) + " + ahead + ")");
  }

  /** What is replicated was written with times of long ago, and commits when it arrives. */
  private static void refuseReplica(Statement statement) throws SQLException {
    // Replication's threads run as a user of their own, which PROCESS shows.
    try (ResultSet row =
        statement.executeQuery(
            "SELECT @@global.read_only <> 0 OR EXISTS (SELECT 1 FROM information_schema.processlist"
                + " WHERE user = 'system user' AND command <> 'Daemon')")) {
      row.next();
      if (row.getBoolean(1)) {
        throw new SyncException(
            ErrorCode.TRANSACTIONS_HIDDEN,
            "A replica does not tell which transactions are open at its primary.",
            "Read from the primary, or use mode: diff.");
      }
    }
  }
}
