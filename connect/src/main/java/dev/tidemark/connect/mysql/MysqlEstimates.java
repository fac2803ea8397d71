package dev.tidemark.connect.mysql;

import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.statement.KeyRangeQuery;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.KeyRange;
import dev.tidemark.connect.table.TableMapping;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;

/** How many rows the planner of MySQL and MariaDB sees in a range. */
final class MysqlEstimates {

  private static final int VIEW_NOT_EXPLAINED = 1345;

  private final Dialect dialect;
  private final DatabaseType server;

  MysqlEstimates(Dialect dialect, DatabaseType server) {
    this.dialect = dialect;
    this.server = server;
  }

  /** As {@link Dialect#estimate}: the server dives into the index at both ends of the range. */
  long rows(Connection session, TableMapping mapping, KeyRange range) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet plan = statement.executeQuery(explain(mapping, range))) {
      return plan.next() ? expected(plan) : 0;
    } catch (SQLException e) {
      return orHidden(e, 0L);
    }
  }

  /** As {@link Dialect#lookUp}. */
  OptionalLong lookUp(Connection session, TableMapping mapping, KeyRange range)
      throws SQLException {
    if (mapping.isFiltered()) {
      // How many of the rows pass a filter is a guess of the server's.
      return OptionalLong.empty();
    }
    // Of each condition for a single row the server would guess how many others meet it.
    TableMapping whole = mapping.whole();
    try (Statement statement = session.createStatement();
        ResultSet plan = statement.executeQuery(explain(whole, range))) {
      OptionalLong rows = plan.next() ? OptionalLong.of(expected(plan)) : OptionalLong.empty();
      // A view of several tables has a line for each.
      return plan.next() ? OptionalLong.empty() : rows;
    } catch (SQLException e) {
      return orHidden(e, OptionalLong.empty());
    }
  }

  /** Whoever may read a view may not see how, without the right to look into it. */
  private static <T> T orHidden(SQLException failure, T unknown) throws SQLException {
    if (failure.getErrorCode() != VIEW_NOT_EXPLAINED) {
      throw failure;
    }
    return unknown;
  }

  private String explain(TableMapping mapping, KeyRange range) {
    String explain =
        server == DatabaseType.MARIADB ? "EXPLAIN EXTENDED " : "EXPLAIN FORMAT=TRADITIONAL ";
    return explain + new KeyRangeQuery(dialect, mapping, MysqlKeys::compared).unordered(range);
  }

  /** Where it would rather read the whole table, it says how much of that is in the range. */
  private static long expected(ResultSet plan) throws SQLException {
    return Math.round(plan.getDouble("rows") * plan.getDouble("filtered") / 100);
  }
}
