package dev.tidemark.bench.batch;

import dev.tidemark.bench.server.Database;
import dev.tidemark.connect.comparison.ComparisonResult;
import dev.tidemark.connect.comparison.Side;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.table.ColumnChoice;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Compares a table on both sides by checksums that the databases compute. */
public final class TableComparison {

  private static final int DIFFERENCES = 5;

  private TableComparison() {}

  /** Compares a table that has the same name on both sides. */
  public static ComparisonResult compare(Database from, Database to, String table)
      throws SQLException {
    return compare(from, to, table, DIFFERENCES);
  }

  /** As the other, and keeps as many differences as {@code limit}. */
  public static ComparisonResult compare(Database from, Database to, String table, int limit)
      throws SQLException {
    Dialect source = Dialects.of(from.type());
    Dialect target = Dialects.of(to.type());
    try (Connection reading = from.open();
        Connection writing = to.open()) {
      TableMapping mapping =
          TableMapping.of(
              shape(source, reading, from, table),
              table,
              new ColumnChoice(List.of(), List.of(), List.of(), Map.of(), Map.of()));
      return ComparisonResult.of(
          new Side(reading, source),
          new Side(writing, target),
          mapping,
          shape(target, writing, to, table),
          limit);
    }
  }

  private static TableShape shape(Dialect dialect, Connection session, Database place, String table)
      throws SQLException {
    return dialect
        .describe(session, place.configuration().schema(), table)
        .orElseThrow(() -> new IllegalStateException(place + " has no table " + table + "."));
  }
}
