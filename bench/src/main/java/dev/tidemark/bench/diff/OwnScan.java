package dev.tidemark.bench.diff;

import dev.tidemark.bench.pipe.Invoices;
import dev.tidemark.bench.server.Database;
import dev.tidemark.connect.configuration.DatabaseType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a person would type into both databases to see whether a table changed: one statement that
 * hashes each row as it prints, and sums. What the two say cannot be compared.
 */
final class OwnScan {

  private static final String COLUMNS =
      "c_invoice_id, ad_org_id, document_no, customer, note, qty, grand_total, tax, invoiced_on,"
          + " paid, created_at, updated_at";

  private OwnScan() {}

  /** Runs the statement on both at once. */
  static void run(Database source, Database target) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> atSource = () -> scan(source);
      Callable<String> atTarget = () -> scan(target);
      Future<String> one = threads.submit(atSource);
      Future<String> two = threads.submit(atTarget);
      one.get();
      two.get();
    }
  }

  private static String scan(Database database) throws SQLException {
    String hash =
        database.type() == DatabaseType.POSTGRESQL
            ? "('x' || left(md5(t::text), 15))::bit(60)::bigint"
            : "CAST(CONV(LEFT(SHA2(CONCAT_WS('|', "
                + COLUMNS
                + "), 256), 15), 16, 10) AS UNSIGNED)";
    try (Connection session = database.open();
        Statement statement = session.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*), sum(" + hash + ") FROM " + Invoices.TABLE + " AS t")) {
      row.next();
      return row.getString(1) + " " + row.getString(2);
    }
  }
}
