package dev.tidemark.connect.statement;

import java.sql.SQLException;

/** Errors that people's own code raises in a database, such as that of triggers. */
public final class RaisedErrors {

  private static final int SIGNAL = 1644;

  private RaisedErrors() {}

  /**
   * Whether an error is one: by {@code RAISE} and {@code ASSERT} of PL/pgSQL (class P0), by {@code
   * SIGNAL}, or of the class 45 that the SQL standard leaves to people.
   */
  public static boolean isRaised(SQLException error) {
    String state = error.getSQLState() == null ? "" : error.getSQLState();
    return state.startsWith("P0") || state.startsWith("45") || error.getErrorCode() == SIGNAL;
  }
}
