package dev.tidemark.connect.mysql;

import dev.tidemark.connect.statement.Exchange;
import dev.tidemark.connect.statement.MergeClauses;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Rows of a chunk that give unique values to each other. The server checks row by row, so an update
 * of all of them fails; those that differ are deleted and inserted again instead, with the values
 * of columns that the source does not have.
 */
final class MysqlExchange implements Exchange {

  /** Columns that an update would have set by itself. */
  private static final String SET_BY_UPDATES =
      """
      SELECT column_name FROM information_schema.columns
       WHERE table_schema = ? AND table_name = ? AND extra LIKE '%on update%'""";

  private final MysqlDialect dialect;
  private final TableShape target;
  private final MergeClauses clauses;
  private final String parked;

  MysqlExchange(MysqlDialect dialect, String schema, MergeClauses clauses, TableShape target) {
    this.dialect = dialect;
    this.clauses = clauses;
    this.target = target;
    this.parked = dialect.quote(schema, "tidemark_parked");
  }

  @Override
  public boolean goesUnnoticed(Connection session) throws SQLException {
    return dialect.deletesGoUnnoticed(session, target)
        && isAsDescribed(session)
        && !losesATime(session);
  }

  /** What has come to the table since then would not come back with its rows. */
  private boolean isAsDescribed(Connection session) throws SQLException {
    return dialect
        .describe(session, target.schema(), target.name())
        .filter(now -> now.columns().equals(target.columns()))
        .isPresent();
  }

  private boolean losesATime(Connection session) throws SQLException {
    try (PreparedStatement query = session.prepareStatement(SET_BY_UPDATES)) {
      query.setString(1, target.schema());
      query.setString(2, target.name());
      try (ResultSet row = query.executeQuery()) {
        boolean loses = false;
        while (row.next()) {
          loses |= clauses.keeps(row.getString(1));
        }
        return loses;
      }
    }
  }

  @Override
  public void prepare(Statement statement) throws SQLException {
    statement.execute("DROP TEMPORARY TABLE IF EXISTS " + parked);
    statement.execute(
        ("CREATE TEMPORARY TABLE " + parked + " (PRIMARY KEY (" + clauses.key())
            + (")) ENGINE=InnoDB SELECT " + clauses.storedColumns())
            + (" FROM " + clauses.table() + " LIMIT 0"));
  }

  /**
   * Locks the rows that differ: nobody changes what is to be kept, and whatever comes to refer to
   * one of them waits. MariaDB has no lock of a table against that.
   */
  String lock(String stage, String differs) {
    return ("SELECT count(*) FROM " + stage + " s JOIN " + clauses.table())
        + (" t ON " + clauses.sameKey() + " WHERE " + differs + " FOR UPDATE");
  }

  /** The rows that take the place of those that differ. */
  String park(String stage, String differs) {
    // As they are, and not as they were when the transaction began.
    return ("INSERT INTO " + parked + " (" + clauses.storedColumns() + ") SELECT ")
        + (clauses.exchangedColumns() + " FROM " + stage + " s JOIN " + clauses.table())
        + (" t ON " + clauses.sameKey() + " WHERE " + differs + " FOR UPDATE");
  }

  String takeAway() {
    return "DELETE t FROM " + clauses.table() + " t JOIN " + parked + " s ON " + clauses.sameKey();
  }

  String putBack() {
    return ("INSERT INTO " + clauses.table() + " (" + clauses.storedColumns() + ") SELECT ")
        + (clauses.storedColumns() + " FROM " + parked);
  }

  String empty() {
    return "DELETE FROM " + parked;
  }
}
