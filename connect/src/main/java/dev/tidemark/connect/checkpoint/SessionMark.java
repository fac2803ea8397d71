package dev.tidemark.connect.checkpoint;

import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.digest.Sha256;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;

/**
 * An advisory lock of the database server that the session which writes a slice holds. It shows a
 * successor which session to end, and that it has ended; it goes when the session goes. Not for
 * poolers that share a session between clients.
 */
final class SessionMark {

  private final DatabaseType type;
  private final String name;
  private final long number;

  /**
   * @param session number of the session among those that write the slice at once, from 0
   */
  SessionMark(DatabaseType type, String schema, SliceKey slice, int session) {
    String first = schema + "\n" + slice.table() + "\n" + slice.slice();
    byte[] digest = Sha256.of(session == 0 ? first : first + "\n" + session);
    this.type = type;
    this.name = "tidemark:" + HexFormat.of().formatHex(digest, 0, 24);
    this.number = ByteBuffer.wrap(digest).getLong();
  }

  /** Takes the mark, waiting a while for a session that is just ending. */
  boolean take(Connection session, int seconds) throws SQLException {
    return switch (type) {
      case POSTGRESQL -> takePostgres(session, seconds);
      case MYSQL, MARIADB -> single(session, "SELECT GET_LOCK(?, " + seconds + ")") == 1;
    };
  }

  private boolean takePostgres(Connection session, int seconds) throws SQLException {
    try (PreparedStatement set =
            session.prepareStatement("SELECT set_config('lock_timeout', ?, true)");
        PreparedStatement lock = session.prepareStatement("SELECT pg_advisory_lock(?)")) {
      set.setString(1, seconds + "s");
      set.execute();
      lock.setLong(1, number);
      lock.execute();
      return true;
    } catch (SQLException e) {
      if ("55P03".equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  /** Takes the mark if no other session holds it. */
  boolean takeNow(Connection session) throws SQLException {
    return single(
            session,
            switch (type) {
              case POSTGRESQL -> "SELECT pg_try_advisory_lock(?)::int";
              case MYSQL, MARIADB -> "SELECT GET_LOCK(?, 0)";
            })
        == 1;
  }

  void give(Connection session) throws SQLException {
    switch (type) {
      case POSTGRESQL -> single(session, "SELECT count(*) FROM (SELECT pg_advisory_unlock(?)) u");
      case MYSQL, MARIADB -> single(session, "SELECT RELEASE_LOCK(?)");
    }
  }

  /** Ends the session that was seen to hold the mark, if it still does. */
  void end(Connection session, long seen) throws SQLException {
    if (holder(session) != seen) {
      return;
    }
    try (PreparedStatement end =
        session.prepareStatement(
            switch (type) {
              case POSTGRESQL -> "SELECT pg_terminate_backend(?::int)";
              case MYSQL, MARIADB -> "KILL CONNECTION ?";
            })) {
      end.setLong(1, seen);
      end.execute();
    } catch (SQLException e) {
      if (holder(session) == seen) {
        throw e;
      }
    }
  }

  /** The other session that holds the mark; 0 when none does. */
  private long holder(Connection session) throws SQLException {
    return single(
        session,
        switch (type) {
          case POSTGRESQL ->
              """
              SELECT max(pid) FROM pg_locks
               WHERE pid <> pg_backend_pid() AND locktype = 'advisory' AND granted AND objsubid = 1
                 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                 AND (classid::bigint << 32 | objid::bigint) = ?""";
          case MYSQL, MARIADB -> "SELECT NULLIF(IS_USED_LOCK(?), CONNECTION_ID())";
        });
  }

  /** The parameter by which the server knows the mark. */
  void bind(PreparedStatement statement, int parameter) throws SQLException {
    switch (type) {
      case POSTGRESQL -> statement.setLong(parameter, number);
      case MYSQL, MARIADB -> statement.setString(parameter, name);
    }
  }

  private long single(Connection session, String query) throws SQLException {
    try (PreparedStatement statement = session.prepareStatement(query)) {
      bind(statement, 1);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }
}
