package dev.tidemark.bench.changing;

import dev.tidemark.bench.server.Database;
import dev.tidemark.connect.configuration.DatabaseType;
import java.sql.SQLException;

/** A table that many change: each row with the time of its last change. */
record Accounts(Database source) {

  static final String TABLE = "account";

  /** Creates it with keys from 1 to {@code rows}. */
  void create(long rows) throws SQLException {
    boolean postgres = source.type() == DatabaseType.POSTGRESQL;
    source.execute(
        "CREATE TABLE account (id bigint PRIMARY KEY, owner int NOT NULL, note varchar(100),"
            + " amount decimal(14, 2) NOT NULL, changed_at "
            + (postgres ? "timestamptz(6)" : "datetime(6)")
            + " NOT NULL)",
        "CREATE INDEX account_changed ON account (changed_at)",
        "INSERT INTO account SELECT n, n % 97, 'as it began', n / 4.0, "
            + now()
            + " FROM "
            + (postgres
                ? "generate_series(1, " + rows + ") n"
                : numbers(rows) + " WHERE n <= " + rows),
        postgres ? "ANALYZE account" : "ANALYZE TABLE account");
  }

  /** The time of a transaction in PostgreSQL, of a statement elsewhere: both before the commit. */
  String now() {
    return source.type() == DatabaseType.POSTGRESQL ? "now()" : "now(6)";
  }

  private static String numbers(long rows) {
    long side = (long) Math.ceil(Math.sqrt((double) rows));
    if (side > 1000) {
      throw new IllegalArgumentException("Rows are 1000000 at most.");
    }
    String digits =
        "(WITH RECURSIVE d AS (SELECT 0 AS i UNION ALL SELECT i + 1 FROM d WHERE i < "
            + (side - 1)
            + ") SELECT i FROM d)";
    return "(SELECT a.i * " + side + " + b.i + 1 AS n FROM " + digits + " a, " + digits + " b) c";
  }
}
