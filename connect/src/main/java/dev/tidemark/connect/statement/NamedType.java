package dev.tidemark.connect.statement;

import dev.tidemark.connect.type.ColumnType;
import java.sql.SQLException;
import java.util.List;

/**
 * How a dialect learns what a type is that somebody wrote: from a temporary table that has one
 * column of it, and is gone at once.
 */
public final class NamedType {

  /** What that table is called. */
  public static final String TABLE = "tidemark_type";

  private static final String SYNTAX_ERROR = "42601";

  private NamedType() {}

  /**
   * The type of that table's only column.
   *
   * @param types of all its columns
   * @param sql what somebody wrote
   * @throws SQLException when there are several: it was more than a type
   */
  public static ColumnType only(List<ColumnType> types, String sql) throws SQLException {
    if (types.size() != 1) {
      throw new SQLException("More than one type: " + sql, SYNTAX_ERROR);
    }
    return types.getFirst();
  }
}
