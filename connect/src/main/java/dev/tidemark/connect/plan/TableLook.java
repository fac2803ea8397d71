package dev.tidemark.connect.plan;

import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What can be told of a table or a server at a glance. Reads no rows of tables. */
public final class TableLook {

  /** With what is stored beside its rows; a partitioned table is what its partitions are. */
  private static final String POSTGRES_BYTES =
      """
      SELECT greatest(pg_catalog.pg_table_size(t.name),
                      (SELECT coalesce(sum(pg_catalog.pg_table_size(p.relid)), 0)::bigint
                         FROM pg_catalog.pg_partition_tree(t.name) p))
        FROM (SELECT ?::regclass AS name) t""";

  private static final String MYSQL_BYTES =
      """
      SELECT coalesce(data_length, 0) FROM information_schema.tables
       WHERE table_schema = ? AND table_name = ?""";

  private TableLook() {}

  /** Bytes that a table takes in its database, without its indexes; 0 where nobody knows. */
  public static long bytes(Connection session, DatabaseType type, Dialect dialect, TableShape table)
      throws SQLException {
    boolean postgres = type == DatabaseType.POSTGRESQL;
    try (PreparedStatement query =
        session.prepareStatement(postgres ? POSTGRES_BYTES : MYSQL_BYTES)) {
      if (postgres) {
        query.setString(1, dialect.quote(table.schema(), table.name()));
      } else {
        query.setString(1, table.schema());
        query.setString(2, table.name());
      }
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  /**
   * Lets the server plan how it would read the rows of a mapping, so that it says what is wrong
   * with a filter.
   */
  public static void check(Connection session, Dialect dialect, TableMapping mapping)
      throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet ignored =
            statement.executeQuery(
                "EXPLAIN SELECT 1 FROM " + mapping.relation(dialect) + " AS t")) {
      // Nothing but the error counts.
    }
  }

  /** Whether a server takes what {@code LOAD DATA LOCAL} sends, where that is how it is loaded. */
  public static boolean takesLoads(Connection session, DatabaseType type) throws SQLException {
    if (type == DatabaseType.POSTGRESQL) {
      return true;
    }
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery("SELECT @@global.local_infile")) {
      return row.next() && row.getBoolean(1);
    }
  }
}
