package dev.tidemark.connect.postgresql;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.statement.Exchange;
import dev.tidemark.connect.statement.MergeClauses;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Rows of a chunk that give unique values to each other. PostgreSQL checks row by row, so an update
 * of all of them fails; those that differ are deleted and inserted again instead, with the values
 * of columns that the source does not have.
 */
final class PostgresExchange implements Exchange {

  private static final String PARKED = "tidemark_parked";

  /**
   * Nobody notices that rows are away for a moment, and the user may take them away. Rows of a
   * child table would come back in its parent, and a policy may hide some. A subscriber to some
   * kinds of changes alone would see half of it. Before PostgreSQL 15 the triggers of a partition
   * look like those of a constraint.
   */
  private static final String UNNOTICED =
      """
      SELECT c.relkind = 'r' AND NOT c.relispartition AND NOT c.relhassubclass
             AND NOT c.relhasrules AND NOT c.relrowsecurity
             AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
             AND pg_catalog.has_table_privilege(c.oid, 'DELETE')
             AND pg_catalog.has_table_privilege(c.oid, 'INSERT')
             AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_trigger g
                              WHERE g.tgrelid = c.oid AND NOT g.tgisinternal)
             AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_constraint k
                              WHERE k.contype = 'f' AND k.confrelid = c.oid)
             AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_publication_tables x
                               JOIN pg_catalog.pg_publication p ON p.pubname = x.pubname
                              WHERE x.schemaname = n.nspname AND x.tablename = c.relname
                                AND NOT (p.pubinsert AND p.pubupdate AND p.pubdelete))
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = ? AND c.relname = ?""";

  private final TableShape target;
  private final MergeClauses clauses;

  PostgresExchange(MergeClauses clauses, TableShape target) {
    this.clauses = clauses;
    this.target = target;
  }

  /** Whether an error says that a row's value is another row's. */
  static boolean isCollision(SQLException error) {
    // Of a unique index, or of an exclusion constraint.
    return "23505".equals(error.getSQLState()) || "23P01".equals(error.getSQLState());
  }

  @Override
  public boolean goesUnnoticed(Connection session) throws SQLException {
    return nothingIsAttached(session)
        && PostgresCatalog.describe(session, target.schema(), target.name())
            .filter(now -> now.columns().equals(target.columns()))
            .isPresent();
  }

  private boolean nothingIsAttached(Connection session) throws SQLException {
    try (PreparedStatement query = session.prepareStatement(UNNOTICED)) {
      query.setString(1, target.schema());
      query.setString(2, target.name());
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  @Override
  public void prepare(Statement statement) throws SQLException {
    statement.execute("DROP TABLE IF EXISTS pg_temp." + PARKED);
    statement.execute(
        ("CREATE TEMPORARY TABLE " + PARKED + " ON COMMIT DELETE ROWS AS SELECT ")
            + (clauses.storedColumns() + " FROM " + clauses.table() + " WITH NO DATA"));
  }

  /**
   * Updates the rows that differ.
   *
   * @param stage the staged rows
   * @param where what holds for a row {@code t} and the staged row {@code s} that differ
   * @param collision why a plain update of them failed
   * @return how many there were
   * @throws SQLException the collision, where rows may not be away any more
   */
  long update(Statement statement, String stage, String where, SQLException collision)
      throws SQLException {
    lock(statement, collision);
    if (!goesUnnoticed(statement.getConnection())) {
      throw collision;
    }
    // A child table needs no such lock to come.
    long rows =
        statement.executeLargeUpdate(
            ("WITH away AS (DELETE FROM ONLY " + clauses.table() + " t USING " + stage)
                + (" s WHERE " + where + " RETURNING " + clauses.exchangedColumns())
                + (") INSERT INTO pg_temp." + PARKED + " (" + clauses.storedColumns())
                + ") SELECT * FROM away");
    long ignored =
        statement.executeLargeUpdate(
            ("INSERT INTO " + clauses.table() + " (" + clauses.storedColumns())
                + (") OVERRIDING SYSTEM VALUE SELECT " + clauses.storedColumns())
                + (" FROM pg_temp." + PARKED));
    return rows;
  }

  /**
   * No trigger and no foreign key comes between the look and the rows: the lock of the update that
   * failed is gone.
   */
  private void lock(Statement statement, SQLException collision) throws SQLException {
    try {
      statement.execute("LOCK TABLE " + clauses.table() + " IN ROW EXCLUSIVE MODE");
    } catch (SQLException e) {
      // The right to delete has gone since.
      throw Failures.classify(e) == ErrorCode.ACCESS_DENIED ? collision : e;
    }
  }
}
