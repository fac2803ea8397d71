package dev.tidemark.connect.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.connect.table.ColumnChoice;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.KeyRange;
import dev.tidemark.connect.table.SourceTable;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RangeHalvingIT {

  private static final long ROWS = 50_000;

  /** A table {@code item} whose numbers {@code i} make keys. */
  private static SourceTable table(
      TestServer server, Connection session, ConnectionConfiguration database, String... keys)
      throws SQLException {
    try (Statement statement = session.createStatement()) {
      statement.execute("CREATE TABLE number (i int PRIMARY KEY)");
      statement.execute(
          server == TestServer.POSTGRESQL
              ? "INSERT INTO number SELECT generate_series(1, " + ROWS + ")"
              : "INSERT INTO number WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n"
                  + " WHERE i < 500) SELECT (a.i - 1) * 100 + b.i FROM n a JOIN n b ON b.i <= 100");
      String columns =
          String.join(", ", Stream.of(keys).filter(key -> !key.contains("=")).toList());
      String values = keys[keys.length - 1].substring(1);
      statement.execute(
          "CREATE TABLE item ("
              + columns
              + ", note varchar(50), PRIMARY KEY ("
              + String.join(
                  ", ",
                  Stream.of(keys)
                      .filter(key -> !key.contains("="))
                      .map(key -> key.substring(0, key.indexOf(' ')))
                      .toList())
              + "))");
      statement.execute(
          "INSERT INTO item SELECT " + values + ", 'a note of some length' FROM number");
      statement.execute(server == TestServer.POSTGRESQL ? "ANALYZE item" : "ANALYZE TABLE item");
    }
    Dialect dialect = Dialects.of(database.type());
    TableShape shape = dialect.describe(session, database.schema(), "item").orElseThrow();
    return new SourceTable(session, dialect, TableMapping.of(shape, "item", ColumnChoice.ALL));
  }

  private static Stream<Arguments> keys() {
    return Stream.of(TestServer.values())
        .flatMap(
            server ->
                Stream.of(
                        List.of("id int", "=i"),
                        List.of("id bigint", "=CASE WHEN i < 100 THEN i ELSE 9000000000 + i END"),
                        List.of("id varchar(40)", "=concat('INV/', i)"),
                        List.of("branch varchar(10)", "id int", "=concat('b', i % 5), i"),
                        List.of("id decimal(20,4)", "=i * 1.0001"),
                        List.of("id date", "n int", "=date '1999-12-31' + interval '1' day, i"))
                    .map(keys -> Arguments.of(server, keys)));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void findsAKeyNearTheMiddle(TestServer server, List<String> keys) throws Exception {
    assumeTrue(server.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    ConnectionConfiguration database = server.newDatabase("halving");
    try (Connection session = TestServer.open(database)) {
      SourceTable table = table(server, session, database, keys.toArray(String[]::new));
      RangeHalving halving = new RangeHalving(table);
      KeyRange all = new KeyRange(null, null);
      assertThat(halving.estimate(all)).isBetween(ROWS / 2, ROWS * 2);

      List<String> middle = halving.middle(all).orElseThrow();
      assertThat(rows(table, new KeyRange(null, middle))).isBetween(ROWS / 5, ROWS * 4 / 5);
      KeyRange upper = new KeyRange(middle, null);
      assertThat(halving.estimate(upper)).isBetween(ROWS / 12, ROWS * 2);
      List<String> again = halving.middle(upper).orElseThrow();
      long half = rows(table, upper);
      assertThat(rows(table, new KeyRange(middle, again))).isBetween(half / 5, half * 4 / 5);
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesARangeOfOneRowOrNoneWhole(TestServer server) throws Exception {
    assumeTrue(server.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    ConnectionConfiguration database = server.newDatabase("halving");
    try (Connection session = TestServer.open(database)) {
      RangeHalving halving = new RangeHalving(table(server, session, database, "id int", "=i"));
      assertThat(halving.middle(new KeyRange(List.of("7"), List.of("8")))).isEmpty();
      assertThat(halving.middle(new KeyRange(List.of("50000"), null))).isEmpty();
      assertThat(halving.middle(new KeyRange(List.of("7"), List.of("12"))).orElseThrow())
          .isIn(List.of("9"), List.of("10"), List.of("11"));
    }
  }

  private static long rows(SourceTable table, KeyRange range) throws SQLException {
    return table
        .dialect()
        .canonicalKeys(table.session(), table.mapping(), range, table.mapping().source())
        .size();
  }
}
