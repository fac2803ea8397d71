package dev.tidemark.cli.demo;

import dev.tidemark.cli.server.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Fills a branch's database: the same ids in every branch, other values in each. */
final class DemoData {

  static final List<String> TABLES = List.of("ad_org", "m_product", "c_invoice");

  private DemoData() {}

  /**
   * Sees to it that the database holds just this data.
   *
   * @param database created when it does not exist
   * @param seed makes the values of one branch differ from those of another
   * @param invoices rows of c_invoice
   * @return whether it had to be filled; what an earlier run left is kept when it fits
   */
  static boolean fill(EmbeddedPostgres postgres, String database, int seed, long invoices)
      throws SQLException {
    postgres.createDatabase(database);
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement()) {
      if (invoicesIn(statement) == invoices) {
        return false;
      }
      connection.setAutoCommit(false);
      for (String table : TABLES) {
        statement.execute("DROP TABLE IF EXISTS " + table);
      }
      statement.execute(resource("branch.sql"));
      statement.execute(
          resource("rows.sql")
              .replace(":seed", Integer.toString(seed))
              .replace(":invoices", Long.toString(invoices)));
      connection.commit();
      return true;
    }
  }

  /** Rows of c_invoice; -1 when the tables are not there. */
  private static long invoicesIn(Statement statement) throws SQLException {
    try (ResultSet found =
        statement.executeQuery("SELECT to_regclass('public.c_invoice') IS NOT NULL")) {
      found.next();
      if (!found.getBoolean(1)) {
        return -1;
      }
    }
    try (ResultSet count = statement.executeQuery("SELECT count(*) FROM c_invoice")) {
      count.next();
      return count.getLong(1);
    }
  }

  private static String resource(String name) {
    try (InputStream stream = DemoData.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
