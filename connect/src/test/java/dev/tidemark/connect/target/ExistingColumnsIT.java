package dev.tidemark.connect.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.comparison.ComparisonResult;
import dev.tidemark.connect.comparison.Side;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.connection.Sessions;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.connect.table.ChunkWriter;
import dev.tidemark.connect.table.ColumnChoice;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.KeyRange;
import dev.tidemark.connect.table.RowStream;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Columns that exist, of other types than Tidemark would make: what is said to be exact bends no
 * value. Each is refused, or equal on both sides afterwards.
 */
class ExistingColumnsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_VALUES = 9;
  private static final String ONLY = System.getProperty("tidemark.types.only", "");

  /** A value of each kind that another kind may take for something else. */
  private static final Map<String, List<String>> POSTGRES =
      Map.ofEntries(
          Map.entry("boolean", List.of("true", "false")),
          Map.entry("smallint", List.of("0", "1", "70", "1999", "-32768")),
          Map.entry("integer", List.of("0", "1", "20240229", "2147483647")),
          Map.entry("bigint", List.of("0", "9007199254740993", "-9223372036854775808")),
          Map.entry("numeric", List.of("0", "1", "1.5", "1e20", "1e-20", "'NaN'")),
          Map.entry("numeric(10,2)", List.of("0", "1.50", "12345678.99")),
          Map.entry("numeric(5,-2)", List.of("0", "12300")),
          Map.entry("real", List.of("'0'", "'0.1'", "'1e30'", "'NaN'")),
          Map.entry("double precision", List.of("'0'", "'0.1'", "'1e300'", "'1'")),
          Map.entry(
              "text",
              List.of("''", "'a '", "'1'", "'007'", "'1.50'", "'2024-02-29'", "'12:30'", "'{}'")),
          Map.entry("char(5)", List.of("'a'", "'1'", "''")),
          Map.entry("bytea", List.of("'\\x00'", "'\\x31'", "''")),
          Map.entry("date", List.of("'2024-02-29'", "'0001-01-01'", "'infinity'")),
          Map.entry("time", List.of("'12:30:00.5'", "'24:00:00'")),
          Map.entry("timetz", List.of("'12:30:00.5+05'")),
          Map.entry("timetz(0)", List.of("'12:30:00+05'")),
          Map.entry("timestamp", List.of("'2024-02-29 23:59:59.5'", "'2024-02-29 00:00:00'")),
          Map.entry("timestamptz", List.of("'2024-02-29 23:59:59.5Z'", "'1969-01-01Z'")),
          Map.entry("interval", List.of("'1 day'", "'12:30:00'", "'00:00:00.5'")),
          Map.entry("interval(0)", List.of("'1 day'", "'00:00:01'")),
          Map.entry("interval hour", List.of("'1 day'", "'01:00:00'")),
          Map.entry("uuid", List.of("'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'")),
          Map.entry("json", List.of("'1'", "'\"a\"'", "'{\"a\": 1, \"a\":2}'")),
          Map.entry("jsonb", List.of("'1'", "'\"a\"'", "'{\"a\": 1.10}'")),
          Map.entry("integer[]", List.of("'{1,2}'", "'{}'")),
          Map.entry("inet", List.of("'10.0.0.1'", "'10.0.0.0/8'", "'::1'")),
          Map.entry("bit(3)", List.of("B'101'", "B'000'")),
          Map.entry("money", List.of("'1.50'")),
          Map.entry("oid", List.of("1", "4294967295")));

  private static final Map<String, List<String>> MYSQL =
      Map.ofEntries(
          Map.entry("tinyint(1)", List.of("0", "1", "2", "-128")),
          Map.entry("int", List.of("0", "1", "70", "2024", "20240229", "-5")),
          Map.entry("bigint unsigned", List.of("0", "1", "18446744073709551615")),
          Map.entry("decimal(10,2)", List.of("0", "1.50", "-1")),
          Map.entry("float", List.of("0", "0.1", "1e30")),
          Map.entry("double", List.of("0e0", "0.1e0", "1e300", "1e0")),
          Map.entry("bit(1)", List.of("0", "1")),
          Map.entry("bit(8)", List.of("0", "5", "255")),
          Map.entry("date", List.of("'2024-02-29'", "'0000-00-00'")),
          Map.entry("time(6)", List.of("'12:30:00.5'", "'-01:00:00'", "'100:00:00'")),
          Map.entry("datetime(6)", List.of("'2024-02-29 23:59:59.5'", "'2024-02-29 00:00:00'")),
          Map.entry("timestamp(6)", List.of("'2024-02-29 23:59:59.5'")),
          Map.entry("year", List.of("1999", "2024")),
          Map.entry(
              "varchar(20)",
              List.of("''", "'a '", "'1'", "'007'", "'1.50'", "'2024-02-29'", "'12:30'", "'{}'")),
          Map.entry("char(5)", List.of("''", "'a'", "'1'")),
          Map.entry("enum('a','1','x,y')", List.of("'a'", "'1'", "'x,y'")),
          Map.entry("enum('A','2')", List.of("'A'", "'2'")),
          Map.entry("set('a','1')", List.of("''", "'a,1'")),
          Map.entry("set('1','A')", List.of("''", "'1,A'")),
          Map.entry("binary(3)", List.of("'abc'", "X'00FF00'")),
          Map.entry("blob", List.of("X'00'", "'1'", "''")),
          Map.entry("json", List.of("'1'", "'\"a\"'", "'{\"a\": 1, \"b\":2}'")),
          Map.entry("point", List.of("ST_GeomFromText('POINT(1 2)')")));

  static Stream<Arguments> directions() {
    return Arrays.stream(TestServer.values())
        .flatMap(
            from -> Arrays.stream(TestServer.values()).map(target -> Arguments.of(from, target)));
  }

  @ParameterizedTest
  @MethodSource("directions")
  void takeNoValueForAnother(TestServer from, TestServer to) throws Exception {
    assumeTrue(
        from.available() && to.available(), "set TIDEMARK_TEST_MYSQL_URL to run this with MYSQL");
    ConnectionConfiguration source = from.newDatabase("there");
    ConnectionConfiguration target = to.newDatabase("existing");
    Dialect near = Dialects.of(source.type());
    Dialect far = Dialects.of(target.type());
    List<String> wrong = new ArrayList<>();
    try (Connection reading = Sessions.open(source, PATIENCE);
        Connection writing = Sessions.openToLoad(target, PATIENCE)) {
      List<String> types = List.copyOf(types(to).keySet());
      try (Statement statement = writing.createStatement()) {
        for (int number = 0; number < types.size(); number++) {
          statement.execute(
              "CREATE TABLE t"
                  + number
                  + " (id int PRIMARY KEY, v "
                  + types.get(number)
                  + " NULL)");
        }
      }
      List<TableShape> shapes = new ArrayList<>();
      for (int number = 0; number < types.size(); number++) {
        shapes.add(far.describe(writing, target.schema(), "t" + number).orElseThrow());
      }
      int table = 0;
      for (Map.Entry<String, List<String>> type : types(from).entrySet()) {
        if (!type.getKey().startsWith(ONLY)) {
          continue;
        }
        String name = "s" + table++;
        fill(source, name, type.getKey(), type.getValue());
        TableShape shape = near.describe(reading, source.schema(), name).orElseThrow();
        for (TableShape there : shapes) {
          TableMapping mapping = TableMapping.of(shape, there.name(), ColumnChoice.ALL);
          if (!TypeReport.of(mapping, far, Optional.of(there))
              .problems(TargetPolicy.STRICT)
              .isEmpty()) {
            continue;
          }
          writing.setAutoCommit(false);
          for (String difference :
              differences(reading, near, writing, far, target.schema(), mapping, there)) {
            wrong.add(
                type.getKey()
                    + (" into " + there.column("v").orElseThrow().type().nativeName())
                    + (": " + difference + " " + type.getValue()));
          }
          writing.rollback();
          writing.setAutoCommit(true);
        }
      }
    }
    assertThat(wrong).as("from %s to %s", from, to).isEmpty();
  }

  private static Map<String, List<String>> types(TestServer server) {
    return server == TestServer.POSTGRESQL ? POSTGRES : MYSQL;
  }

  private static void fill(
      ConnectionConfiguration source, String name, String type, List<String> values) {
    List<String> statements = new ArrayList<>();
    statements.add("CREATE TABLE " + name + " (id int PRIMARY KEY, v " + type + " NULL)");
    for (int row = 0; row < values.size(); row++) {
      statements.add("INSERT INTO " + name + " VALUES (" + row + ", " + values.get(row) + ")");
    }
    TestServer.execute(source, statements.toArray(String[]::new));
  }

  /** All in one transaction that nobody commits. */
  private static List<String> differences(
      Connection reading,
      Dialect near,
      Connection writing,
      Dialect far,
      String schema,
      TableMapping mapping,
      TableShape there)
      throws SQLException {
    ChunkWriter writer = far.writer(writing, schema, mapping, there);
    try {
      if (!taken(reading, near, writing, far, mapping, writer, new KeyRange(null, null))) {
        for (int row = 0; row < MOST_VALUES; row++) {
          List<String> before = List.of(Integer.toString(row - 1));
          KeyRange only = new KeyRange(before, List.of(Integer.toString(row)));
          taken(reading, near, writing, far, mapping, writer, only);
        }
      }
    } catch (IOException | SQLException e) {
      return List.of("fails with " + e.getMessage());
    }
    return ComparisonResult.of(new Side(reading, near), new Side(writing, far), mapping, there, 9)
        .words()
        .stream()
        .filter(difference -> difference.endsWith("differs"))
        .toList();
  }

  /** Whether the target takes all rows of a range; else it has none of them. */
  private static boolean taken(
      Connection reading,
      Dialect near,
      Connection writing,
      Dialect far,
      TableMapping mapping,
      ChunkWriter writer,
      KeyRange range)
      throws SQLException, IOException {
    Savepoint before = writing.setSavepoint();
    try (RowStream rows = near.read(reading, mapping, range, far)) {
      writer.insert(rows);
      return true;
    } catch (SQLException e) {
      if (!String.valueOf(e.getSQLState()).startsWith("22")) {
        throw e;
      }
      writing.rollback(before);
      return false;
    }
  }
}
