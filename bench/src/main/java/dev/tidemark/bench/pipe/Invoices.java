package dev.tidemark.bench.pipe;

import dev.tidemark.bench.server.Database;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.table.ColumnChoice;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;

/** A table of invoices: 12 columns, some of them NULL, texts of every kind. */
public final class Invoices {

  public static final String TABLE = "c_invoice";

  private Invoices() {}

  /** Creates and fills it in a PostgreSQL. */
  public static void create(Database source, long rows) throws IOException, SQLException {
    try (InputStream stream = Invoices.class.getResourceAsStream("invoices.sql")) {
      String sql =
          new String(
                  Objects.requireNonNull(stream, "invoices.sql").readAllBytes(),
                  StandardCharsets.UTF_8)
              .replace(":rows", Long.toString(rows));
      source.execute(sql, "VACUUM ANALYZE " + TABLE, "CHECKPOINT");
    }
  }

  /** The table as Tidemark creates it, without rows, and nothing that tells of earlier copies. */
  public static void emptied(Database source, Database target) throws SQLException {
    Dialect from = Dialects.of(source.type());
    Dialect to = Dialects.of(target.type());
    try (Connection session = source.open()) {
      TableShape shape =
          from.describe(session, source.configuration().schema(), TABLE).orElseThrow();
      TableMapping mapping = TableMapping.of(shape, TABLE, ColumnChoice.ALL);
      target.execute(
          "DROP TABLE IF EXISTS " + TABLE,
          "DROP TABLE IF EXISTS tidemark_slice",
          "DROP TABLE IF EXISTS tidemark_cursor",
          to.createTable(target.configuration().schema(), mapping));
    }
  }
}
