package dev.tidemark.activities.table;

import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.connection.Lease;
import dev.tidemark.connect.failure.Failures;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * One session that reads the source and one that writes the target. Unless they were left clean,
 * they are ended when closed: whatever is open in them must not meet the next user of the pool.
 */
public final class CopySessions implements AutoCloseable {

  private static final int SECONDS_FOR_AN_ANSWER = 5;

  private final Connections connections;
  private final String sourceName;
  private final String targetName;
  private final Connection source;
  private final Connection target;
  private boolean clean;

  private CopySessions(
      Connections connections,
      String sourceName,
      String targetName,
      Connection source,
      Connection target) {
    this.connections = connections;
    this.sourceName = sourceName;
    this.targetName = targetName;
    this.source = source;
    this.target = target;
  }

  /**
   * Opens both.
   *
   * @param names of the source and of the target, both leased
   */
  public static CopySessions open(Connections connections, List<String> names, Lease lease)
      throws SQLException {
    String sourceName = names.getFirst();
    String targetName = names.getLast();
    Connection source = opened(sourceName, lease::open);
    try {
      Connection target = opened(targetName, lease::openToLoad);
      return new CopySessions(connections, sourceName, targetName, source, target);
    } catch (SQLException | RuntimeException e) {
      source.close();
      throw e;
    }
  }

  @FunctionalInterface
  private interface Opening {
    Connection open(String name) throws SQLException;
  }

  /** Whoever reads the error must see which of the two databases it is about. */
  private static Connection opened(String name, Opening opening) throws SQLException {
    try {
      return opening.open(name);
    } catch (SQLException e) {
      throw Failures.explain("connecting to " + name, e);
    }
  }

  /** Reads the source. */
  public Connection source() {
    return source;
  }

  /** Writes the target. */
  public Connection target() {
    return target;
  }

  /** From now on the target's session commits when it is told to. */
  public void prepareToWrite() throws SQLException {
    target.setAutoCommit(false);
    target.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
  }

  /** Both have come to their end in order; either may have been cut because it did not answer. */
  public void clean() throws SQLException {
    if (!target.isClosed()) {
      target.setAutoCommit(true);
      clean = source.isValid(SECONDS_FOR_AN_ANSWER);
    }
  }

  @Override
  public void close() throws SQLException {
    if (!clean) {
      connections.discard(sourceName, source);
      connections.discardLoading(targetName, target);
    }
    try (source) {
      target.close();
    }
  }
}
