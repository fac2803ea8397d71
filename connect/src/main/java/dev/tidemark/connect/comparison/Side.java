package dev.tidemark.connect.comparison;

import dev.tidemark.connect.table.Dialect;
import java.sql.Connection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One of the two databases.
 *
 * @param session in auto-commit mode; speaks UTC and UTF-8, as all sessions of Tidemark do
 * @param condition which rows count; all when empty
 */
public record Side(Connection session, Dialect dialect, String condition) {

  public Side {
    Objects.requireNonNull(session, "session");
    Objects.requireNonNull(dialect, "dialect");
    Objects.requireNonNull(condition, "condition");
  }

  /** A database of which all rows count. */
  public Side(Connection session, Dialect dialect) {
    this(session, dialect, "");
  }

  /** A target whose rows do not count once a column says that they are deleted. */
  public static Side withoutDeleted(
      Connection session, Dialect dialect, @Nullable String deletedColumn) {
    return new Side(
        session, dialect, deletedColumn == null ? "" : dialect.quote(deletedColumn) + " IS NULL");
  }
}
