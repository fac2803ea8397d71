package dev.tidemark.bench.kills;

import dev.tidemark.bench.server.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A session that is kept open, so that looking at a pass takes no time; reopened when it dies. */
final class Watch implements AutoCloseable {

  /**
   * How far a pass is.
   *
   * @param token how often the slice was granted; 0 before the first time
   * @param rows that the pass has read and committed; 0 before the slice was granted to it
   * @param finished whether nothing of the pass is left to do
   */
  record Sight(long token, long rows, boolean finished) {}

  private static final Sight NOTHING = new Sight(0, 0, false);

  private final Database target;
  private final String pass;
  private @Nullable Connection session;
  private boolean known;

  Watch(Database target, String pass) {
    this.target = target;
    this.pass = pass;
  }

  /** Looks at the pass, over a new session when somebody has ended the one before. */
  Sight look() throws SQLException {
    try {
      return look(open());
    } catch (SQLException e) {
      close();
      return look(open());
    }
  }

  private Connection open() throws SQLException {
    Connection present = session;
    if (present == null) {
      present = target.open();
      session = present;
    }
    return present;
  }

  private Sight look(Connection present) throws SQLException {
    try (Statement statement = present.createStatement()) {
      known = known || knows(statement);
      if (!known) {
        return NOTHING;
      }
      try (ResultSet row =
          statement.executeQuery(
              """
              SELECT coalesce(max(s.token), 0),
                coalesce(sum(CASE WHEN s.pass = '%1$s' THEN c.read_rows ELSE 0 END), 0),
                coalesce(max(CASE WHEN s.pass = '%1$s' THEN s.finished ELSE 0 END), 0)
              FROM tidemark_slice s LEFT JOIN (SELECT table_name, slice, sum(rows_read) AS read_rows
                FROM tidemark_cursor GROUP BY table_name, slice) c
                ON c.table_name = s.table_name AND c.slice = s.slice
              """
                  .formatted(pass))) {
        row.next();
        return new Sight(row.getLong(1), row.getLong(2), row.getInt(3) != 0);
      }
    }
  }

  /** Tidemark makes its tables with the first pass. */
  private boolean knows(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            "SELECT count(*) FROM information_schema.tables WHERE table_name = 'tidemark_cursor'"
                + " AND table_schema = '"
                + target.configuration().schema()
                + "'")) {
      row.next();
      return row.getLong(1) > 0;
    }
  }

  @Override
  public void close() throws SQLException {
    Connection present = session;
    session = null;
    if (present != null) {
      present.close();
    }
  }
}
