package dev.tidemark.connect.comparison;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Rows in the order of their keys' fingerprints, or of their own, as the server sends them. */
final class HashedRows implements AutoCloseable {

  private final Connection session;
  private final Statement statement;
  private final ResultSet row;
  private final int keyWidth;
  private final boolean streams;
  private final RowList taken;
  private boolean open;
  private long hash;

  HashedRows(Connection session, String sql, int fetchSize, int keyWidth) throws SQLException {
    this.session = session;
    this.keyWidth = keyWidth;
    this.streams = fetchSize < 0;
    this.taken = new RowList(keyWidth);
    // Or PostgreSQL's driver would fetch all rows at once.
    session.setAutoCommit(false);
    this.statement =
        session.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    try {
      statement.setFetchSize(fetchSize);
      this.row = statement.executeQuery(sql);
      advance();
    } catch (SQLException e) {
      try (statement) {
        session.rollback();
        session.setAutoCommit(true);
      } catch (SQLException more) {
        e.addSuppressed(more);
      }
      throw e;
    }
  }

  /** The fingerprint of the next row's key; beyond all others at the end. */
  long hash() {
    return hash;
  }

  boolean atEnd() {
    return !open;
  }

  /** The next rows, whose keys have this fingerprint; good until the next are taken. */
  RowList take(long wanted) throws SQLException {
    taken.clear();
    while (open && hash == wanted) {
      taken.add(row.getLong(2), ComparedTable.keyBytes(row, 3, keyWidth));
      advance();
    }
    return taken;
  }

  /** As {@link #take}, where nobody wants more of the next rows than their number. */
  long count(long wanted) throws SQLException {
    long rows = 0;
    while (open && hash == wanted) {
      rows++;
      advance();
    }
    return rows;
  }

  private void advance() throws SQLException {
    open = row.next();
    hash = open ? row.getLong(1) : Long.MAX_VALUE;
  }

  /**
   * Gives up what has not been read; with it the session where the driver would read it all, since
   * Connector/J cancels nothing once the first row is there.
   */
  @Override
  public void close() throws SQLException {
    if (open && streams) {
      session.abort(Runnable::run);
      return;
    }
    try (statement) {
      // The server holds no more than a cursor.
    } finally {
      session.rollback();
      session.setAutoCommit(true);
    }
  }
}
