package dev.tidemark.cli.demo;

import dev.tidemark.connect.comparison.ComparisonResult;
import dev.tidemark.connect.comparison.Side;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.connection.Sessions;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.table.ColumnChoice;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Compares row by row, by checksums that both databases compute. */
record ChecksumComparison(DemoServers servers) implements Comparison {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int DIFFERENCES = 5;

  @Override
  public List<Result> compare() {
    return DemoServers.BRANCHES.stream()
        .flatMap(branch -> DemoData.TABLES.stream().map(table -> new Pair(branch, table)))
        .parallel()
        .flatMap(pair -> Stream.of(compare(pair)))
        .toList();
  }

  private record Pair(DemoServers.Branch branch, String table) {}

  private Result compare(Pair pair) {
    ConnectionConfiguration from = servers.source(pair.branch());
    ConnectionConfiguration to = servers.target();
    try (Connection reading = Sessions.open(from, PATIENCE);
        Connection writing = Sessions.open(to, PATIENCE)) {
      Dialect source = Dialects.of(from.type());
      Dialect target = Dialects.of(to.type());
      TableShape shape = shape(source, reading, from, pair.table());
      TableMapping mapping =
          TableMapping.of(
              shape,
              pair.table(),
              new ColumnChoice(
                  List.of(),
                  List.of(),
                  List.of(),
                  Map.of(),
                  Map.of("branch", pair.branch().name())));
      ComparisonResult result =
          ComparisonResult.of(
              new Side(reading, source),
              new Side(writing, target),
              mapping,
              shape(target, writing, to, pair.table()),
              DIFFERENCES);
      return new Result(
          pair.branch().connection(),
          pair.table(),
          result.source().rows(),
          result.target().rows(),
          result.source().checksum().toString(16),
          result.equal(),
          result.words());
    } catch (SQLException e) {
      throw new IllegalStateException(
          "comparing " + pair.branch().connection() + "." + pair.table() + ": " + e.getMessage(),
          e);
    }
  }

  private static TableShape shape(
      Dialect dialect, Connection session, ConnectionConfiguration place, String table)
      throws SQLException {
    return dialect
        .describe(session, place.schema(), table)
        .orElseThrow(
            () -> new IllegalStateException(place.name() + " has no table " + table + "."));
  }
}
