package dev.tidemark.connect.connection;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Statements over a whole table, or a part of which nobody knows the size, that take as long as
 * they take: a session's patience with an answer is meant for chunks. Whoever is to stop cuts the
 * session.
 */
public final class LongStatements {

  private LongStatements() {}

  /** What runs them. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws SQLException;
  }

  /** Runs them without that patience. */
  public static <T> T run(Connection session, Work<T> work) throws SQLException {
    int timeout = session.getNetworkTimeout();
    session.setNetworkTimeout(Runnable::run, 0);
    try {
      return work.run();
    } finally {
      if (!session.isClosed()) {
        session.setNetworkTimeout(Runnable::run, timeout);
      }
    }
  }
}
