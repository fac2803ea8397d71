package dev.tidemark.connect.comparison;

import dev.tidemark.connect.table.Dialect;
import java.sql.Connection;
import java.util.Objects;

/**
 * One of the two databases.
 *
 * @param session in auto-commit mode; speaks UTC and UTF-8, as all sessions of Tidemark do
 */
public record Side(Connection session, Dialect dialect) {

  public Side {
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(dialect, "dialect");
  }
}
