package dev.tidemark.connect.statement;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Whether rows of a chunk may exchange unique values. Nobody asks before two collide for the first
 * time, since it costs something.
 */
public final class CollidingRows {

  private boolean collided;
  private boolean exchanged;
  private boolean asked;

  /** Whether they are exchanged from here on. */
  public boolean areExchanged() {
    return exchanged;
  }

  /**
   * Takes down whether an update gave a row a value that another one had.
   *
   * @return whether the two are to be exchanged
   */
  public boolean met(boolean collision) {
    collided = collision;
    return collision && exchanged;
  }

  /**
   * Whether the chunk that collided is to be merged again, with its rows exchanged; the session is
   * made ready for it then. It must be in no transaction.
   */
  public boolean exchangeFromNow(Connection session, Exchange exchange) throws SQLException {
    boolean again = collided && !asked && prepared(session, exchange);
    asked |= collided;
    collided = false;
    exchanged |= again;
    return again;
  }

  private static boolean prepared(Connection session, Exchange exchange) throws SQLException {
    try (Statement statement = session.createStatement()) {
      boolean unnoticed = exchange.goesUnnoticed(session);
      if (unnoticed) {
        exchange.prepare(statement);
      }
      session.commit();
      return unnoticed;
    } catch (SQLException e) {
      session.rollback();
      if (isNoTableForThem(e)) {
        return false;
      }
      throw e;
    }
  }

  /** The user may not read each column, or all of them make no row of a temporary table. */
  private static boolean isNoTableForThem(SQLException error) {
    ErrorCode code = Failures.classify(error);
    return code == ErrorCode.ACCESS_DENIED || code == ErrorCode.VALUE_DOES_NOT_FIT;
  }
}
