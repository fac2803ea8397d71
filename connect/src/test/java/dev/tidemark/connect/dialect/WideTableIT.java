package dev.tidemark.connect.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.comparison.ComparisonResult;
import dev.tidemark.connect.comparison.Side;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.connect.table.ChunkWriter;
import dev.tidemark.connect.table.ColumnChoice;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.KeyRange;
import dev.tidemark.connect.table.MergeCounts;
import dev.tidemark.connect.table.RowStream;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.target.TargetPolicy;
import dev.tidemark.connect.target.TargetTables;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WideTableIT {

  private static final KeyRange ALL = new KeyRange(null, null);

  static Stream<Arguments> widths() {
    return Arrays.stream(TestServer.values())
        .flatMap(server -> Stream.of(150, 1000).map(width -> Arguments.of(server, width)));
  }

  private static String columns(int width, String type) {
    return IntStream.range(0, width).mapToObj(i -> ", c" + i + type).collect(Collectors.joining());
  }

  @ParameterizedTest
  @MethodSource("widths")
  void copiesMergesAndCompares(TestServer server, int width) throws Exception {
    assumeTrue(server.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    ConnectionConfiguration source = server.newDatabase("source");
    ConnectionConfiguration target = server.newDatabase("target");
    TestServer.execute(
        source,
        "CREATE TABLE wide (id int PRIMARY KEY" + columns(width, " int") + ")",
        "INSERT INTO wide (id, c0) VALUES (1, 1), (2, 2), (3, 3)");
    Dialect dialect = Dialects.of(source.type());
    try (Connections connections = new Connections(List.of(target));
        Connection reading = TestServer.open(source);
        Connection writing = connections.openToLoad("target")) {
      TableMapping mapping =
          TableMapping.of(
              dialect.describe(reading, source.schema(), "wide").orElseThrow(),
              "wide",
              ColumnChoice.ALL);
      TableShape shape =
          TargetTables.ensure(writing, dialect, target.schema(), mapping, TargetPolicy.CREATE);
      writing.setAutoCommit(false);
      ChunkWriter writer = dialect.writer(writing, target.schema(), mapping, shape);
      try (RowStream rows = dialect.read(reading, mapping, ALL, dialect)) {
        assertThat(writer.insert(rows)).isEqualTo(3);
      }
      writing.commit();
      TestServer.execute(
          source,
          "UPDATE wide SET c" + (width - 1) + " = 5 WHERE id = 2",
          "INSERT INTO wide (id) VALUES (4)");
      assertThat(compare(reading, writing, dialect, mapping, shape).words())
          .containsExactly("2 differs", "4 is missing in the target");
      try (RowStream rows = dialect.read(reading, mapping, ALL, dialect)) {
        assertThat(writer.merge(rows)).isEqualTo(new MergeCounts(1, 1));
      }
      writing.commit();
      assertThat(compare(reading, writing, dialect, mapping, shape).equal()).isTrue();
    }
  }

  private static ComparisonResult compare(
      Connection reading,
      Connection writing,
      Dialect dialect,
      TableMapping mapping,
      TableShape target)
      throws Exception {
    return ComparisonResult.of(
        new Side(reading, dialect), new Side(writing, dialect), mapping, target, 9);
  }
}
