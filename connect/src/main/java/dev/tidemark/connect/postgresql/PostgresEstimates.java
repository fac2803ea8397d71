package dev.tidemark.connect.postgresql;

import dev.tidemark.connect.statement.KeyRangeQuery;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.KeyRange;
import dev.tidemark.connect.table.TableMapping;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many rows PostgreSQL's planner sees in a range. */
final class PostgresEstimates {

  /** Of the topmost node, which comes first. */
  private static final Pattern PLAN_ROWS = Pattern.compile("\"Plan Rows\": (\\d+)");

  private final Dialect dialect;

  PostgresEstimates(Dialect dialect) {
    this.dialect = dialect;
  }

  /** As {@link Dialect#estimate}. */
  long rows(Connection session, TableMapping mapping, KeyRange range) throws SQLException {
    if (mapping.order().size() == 1) {
      return planned(session, mapping, range, PostgresKeys::compared);
    }
    // Of several columns that are compared as one, the planner looks at the first alone; and it
    // does not see that two alternatives are both ends of one range.
    long behindStart =
        planned(
            session, mapping, new KeyRange(range.after(), null), PostgresKeys::comparedByColumn);
    long behindEnd =
        range.upTo() == null
            ? 0
            : planned(
                session, mapping, new KeyRange(range.upTo(), null), PostgresKeys::comparedByColumn);
    return Math.max(0, behindStart - behindEnd);
  }

  private long planned(
      Connection session, TableMapping mapping, KeyRange range, KeyRangeQuery.Bound bound)
      throws SQLException {
    String query = new KeyRangeQuery(dialect, mapping, bound).unordered(range);
    try (Statement statement = session.createStatement();
        ResultSet plan = statement.executeQuery("EXPLAIN (FORMAT JSON) " + query)) {
      Matcher rows = PLAN_ROWS.matcher(plan.next() ? plan.getString(1) : "");
      return rows.find() ? Long.parseLong(rows.group(1)) : 0;
    }
  }
}
