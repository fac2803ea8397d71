package dev.tidemark.connect.table;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.SyncException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;

/**
 * The key of a view of PostgreSQL, whose catalog says of every column of a view that it takes NULL:
 * what somebody names as its key is taken to have none, and looked at before a pass begins.
 */
public final class ViewKey {

  private ViewKey() {}

  static boolean isPartOf(TableShape source, ColumnChoice wanted, Column column) {
    return source.view() && wanted.key().stream().anyMatch(column.name()::equalsIgnoreCase);
  }

  /** The column without NULL. */
  static Column of(Column column) {
    return new Column(
        column.name(),
        column.type(),
        false,
        column.generated(),
        column.folding(),
        column.ordering(),
        column.counts());
  }

  /**
   * Makes sure that no row of a view has NULL in its key: it would be passed over. Nothing for
   * tables.
   *
   * @throws SyncException NO_KEY when a row has
   */
  public static void check(Connection session, Dialect dialect, TableMapping mapping)
      throws SQLException {
    if (!mapping.source().view() || mapping.sourceKey().isEmpty()) {
      return;
    }
    String query =
        mapping.sourceKey().stream()
            .map(column -> dialect.quote(column.source().name()) + " IS NULL")
            .collect(
                Collectors.joining(
                    " OR ",
                    "SELECT 1 FROM " + mapping.relation(dialect) + " AS t WHERE ",
                    " LIMIT 1"));
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      if (row.next()) {
        String names =
            mapping.sourceKey().stream()
                .map(column -> column.source().name())
                .collect(Collectors.joining(", "));
        throw new SyncException(
            ErrorCode.NO_KEY,
            "View %s.%s has rows with NULL in its key (%s)."
                .formatted(mapping.source().schema(), mapping.source().name(), names),
            "Name other columns under key:, or leave such rows out with filter:.");
      }
    }
  }
}
