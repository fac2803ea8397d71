package dev.tidemark.connect.table;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Whether rows of a chunk may exchange unique values. Nobody asks before two collide for the first
 * time, since it costs something.
 */
final class CollidingRows {

  private boolean collided;
  private boolean exchanged;
  private boolean asked;

  /** Whether they are exchanged from here on. */
  boolean areExchanged() {
    return exchanged;
  }

  /**
   * Takes down whether an update gave a row a value that another one had.
   *
   * @return whether the two are to be exchanged
   */
  boolean met(boolean collision) {
    collided = collision;
    return collision && exchanged;
  }

  /** Whether the chunk that collided is to be merged again, with its rows exchanged. */
  boolean exchangeFromNow(Connection session, Exchange exchange) throws SQLException {
    boolean again = collided && !asked && exchange.goesUnnoticed(session);
    asked |= collided;
    collided = false;
    exchanged |= again;
    return again;
  }
}
