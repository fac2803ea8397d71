package dev.tidemark.connect.comparison;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.connect.table.ColumnChoice;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.RowChoice;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A table {@code item} in a database of its own on each of two servers. */
final class ComparedSides implements AutoCloseable {

  private static final String TABLE = "item";

  private final ConnectionConfiguration source;
  final ConnectionConfiguration target;
  private final Connection reading;
  final Connection writing;

  /** What the target is asked. */
  final RecordedStatements atTarget = new RecordedStatements();

  private ComparedSides(ConnectionConfiguration source, ConnectionConfiguration target)
      throws SQLException {
    this.source = source;
    this.target = target;
    this.reading = TestServer.open(source);
    this.writing = atTarget.listenTo(TestServer.open(target));
  }

  static ComparedSides of(TestServer from, TestServer to) throws SQLException {
    assumeTrue(
        from.available() && to.available(), "set TIDEMARK_TEST_MYSQL_URL to run this with MYSQL");
    return new ComparedSides(from.newDatabase("source"), to.newDatabase("target"));
  }

  void atSource(String... statements) {
    TestServer.execute(source, statements);
  }

  void atTarget(String... statements) {
    TestServer.execute(target, statements);
  }

  void onBoth(String... statements) {
    atSource(statements);
    atTarget(statements);
  }

  Comparison comparison(Map<String, String> constants, int rangeRows, @Nullable List<String> after)
      throws SQLException {
    Dialect reads = Dialects.of(source.type());
    Dialect writes = Dialects.of(target.type());
    TableMapping mapping =
        TableMapping.of(
            reads.describe(reading, source.schema(), TABLE).orElseThrow(),
            TABLE,
            new ColumnChoice(List.of(), List.of(), List.of(), Map.of(), constants),
            RowChoice.ALL,
            false);
    TableShape shape = writes.describe(writing, target.schema(), TABLE).orElseThrow();
    return Comparison.of(
        new Side(reading, reads), new Side(writing, writes), mapping, shape, rangeRows, after);
  }

  ComparisonResult compare(int rangeRows) throws Exception {
    return ComparisonResult.of(comparison(Map.of(), rangeRows, null), Integer.MAX_VALUE);
  }

  /** All differences in words, as they come. */
  List<String> differences(int rangeRows) throws Exception {
    return compare(rangeRows).words();
  }

  static List<Portion> portions(Comparison comparison) throws Exception {
    List<Portion> portions = new ArrayList<>();
    Optional<Portion> next = comparison.next();
    while (next.isPresent()) {
      portions.add(next.get());
      next = comparison.next();
    }
    return portions;
  }

  @Override
  public void close() throws SQLException {
    try (reading;
        writing) {
      // Both close.
    }
  }
}
