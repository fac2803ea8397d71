package dev.tidemark.connect.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.connect.table.ChunkWriter;
import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.ColumnChoice;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.MergeCounts;
import dev.tidemark.connect.table.RowRejectedException;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.table.TextRows;
import dev.tidemark.connect.type.ColumnKind;
import dev.tidemark.connect.type.ColumnType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChunkWriterIT {

  private static final Column CODE =
      new Column("code", ColumnType.sized(ColumnKind.TEXT, 20, "varchar(20)"), false, false);
  private static final Column NUMBER =
      new Column("number", ColumnType.of(ColumnKind.INT32, "integer"), false, false);
  private static final Column NOTE =
      new Column("note", ColumnType.of(ColumnKind.TEXT, "text"), true, false);

  private static TableMapping mapping(List<Column> columns, List<String> key) {
    return mapping("stock", "o'ne\\", columns, key);
  }

  private static TableMapping mapping(
      String table, String branch, List<Column> columns, List<String> key) {
    return TableMapping.of(
        new TableShape("shop", table, columns, key, 0),
        table,
        new ColumnChoice(List.of(), List.of(), List.of(), Map.of(), Map.of("branch", branch)));
  }

  private static ConnectionConfiguration database(TestServer server, String columns, String key) {
    assumeTrue(server.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    ConnectionConfiguration database = server.newDatabase("writer");
    TestServer.execute(
        database,
        "CREATE TABLE stock (branch varchar(20) NOT NULL, "
            + columns
            + ", PRIMARY KEY (branch, "
            + key
            + "))");
    return database;
  }

  private static ChunkWriter writer(
      Connection session, ConnectionConfiguration database, TableMapping mapping)
      throws SQLException {
    Dialect dialect = Dialects.of(database.type());
    TableShape target =
        dialect.describe(session, database.schema(), mapping.targetTable()).orElseThrow();
    session.setAutoCommit(false);
    return dialect.writer(session, database.schema(), mapping, target);
  }

  /** What it takes for likely after a chunk of which every row differed must not bend a count. */
  @ParameterizedTest
  @EnumSource
  void countsWhatIsNewAndDiffersWhateverTheChunkBeforeWas(TestServer server) throws Exception {
    ConnectionConfiguration database =
        database(server, "number int NOT NULL, note varchar(20)", "number");
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("writer")) {
      ChunkWriter writer =
          writer(session, database, mapping(List.of(NUMBER, NOTE), List.of("number")));
      List<List<String>> chunks =
          List.of(
              List.of("1 a", "2 a", "3 a"),
              List.of("1 b", "2 b", "3 b"),
              List.of("1 c", "2 c", "3 c"),
              List.of("1 d", "2 c", "4 a"),
              List.of("1 e", "2 d", "3 d", "4 b"),
              List.of("5 a", "6 a"),
              List.of("5 b"),
              List.of("5 b", "6 a"),
              List.of("5 c", "6 b"),
              List.of(),
              List.of("5 d", "7 a"));
      List<MergeCounts> counts = new ArrayList<>();
      for (List<String> chunk : chunks) {
        counts.add(
            writer.merge(
                TextRows.of(
                    chunk.stream()
                        .map(row -> "o'ne\\\\\t" + row.replace(' ', '\t'))
                        .toArray(String[]::new))));
        session.commit();
      }
      assertThat(counts)
          .containsExactly(
              new MergeCounts(3, 0),
              new MergeCounts(0, 3),
              new MergeCounts(0, 3),
              new MergeCounts(1, 1),
              new MergeCounts(0, 4),
              new MergeCounts(2, 0),
              new MergeCounts(0, 1),
              new MergeCounts(0, 0),
              new MergeCounts(0, 2),
              new MergeCounts(0, 0),
              new MergeCounts(1, 1));
      assertThat(TestServer.rows(session, "SELECT concat(number, note) FROM stock ORDER BY number"))
          .containsExactly("1e", "2d", "3d", "4b", "5d", "6b", "7a");
    }
  }

  @ParameterizedTest
  @EnumSource
  void insertsWhatIsNewUpdatesWhatDiffersAndLeavesTheRest(TestServer server) throws Exception {
    ConnectionConfiguration database =
        database(server, "number int NOT NULL, note varchar(20)", "number");
    TestServer.execute(
        database,
        "INSERT INTO stock VALUES ('other', 9, 'other'), ('other', 10, 'other')",
        "INSERT INTO stock SELECT "
            + Dialects.of(database.type()).literal("o'ne\\")
            + ", number, 'x' FROM (SELECT 1 AS number UNION ALL SELECT 9 UNION ALL SELECT 10"
            + " UNION ALL SELECT 101 UNION ALL SELECT 200) n");
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("writer")) {
      ChunkWriter writer =
          writer(session, database, mapping(List.of(NUMBER, NOTE), List.of("number")));
      String one = "o'ne\\\\\t";
      MergeCounts counts =
          writer.merge(
              TextRows.of(one + "9\tx", one + "10\tchanged", one + "11\tnew", one + "101\t\\N"));
      assertThat(counts).isEqualTo(new MergeCounts(1, 2));
      session.commit();
      assertThat(writer.merge(TextRows.of())).isEqualTo(new MergeCounts(0, 0));
      session.commit();
      assertThat(
              TestServer.rows(
                  session,
                  "SELECT concat_ws(' ', substr(branch, 1, 1), number, coalesce(note, '-'))"
                      + " FROM stock ORDER BY branch LIKE 'other', number"))
          .containsExactly(
              "o 1 x",
              "o 9 x",
              "o 10 changed",
              "o 11 new",
              "o 101 -",
              "o 200 x",
              "o 9 other",
              "o 10 other");
    }
  }

  /** The order of the source, in which the chunk comes, is not the target's. */
  @ParameterizedTest
  @EnumSource
  void findsTextKeysWhateverTheirOrder(TestServer server) throws Exception {
    ConnectionConfiguration database =
        database(
            server,
            "number int NOT NULL, code varchar(20) NOT NULL, note varchar(20)",
            "number, code");
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("writer")) {
      ChunkWriter writer =
          writer(
              session, database, mapping(List.of(NUMBER, CODE, NOTE), List.of("number", "code")));
      String[] codes = {
        "Zebra", "äpfel", "apple", "_", "\\\\", "'quoted'", "zebra 2", "é", "10", "9"
      };
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < codes.length; i++) {
        lines.add("o'ne\\\\\t" + (i % 3 + 9) + "\t" + codes[i] + "\told");
      }
      writer.merge(TextRows.of(lines.toArray(String[]::new)));
      session.commit();
      lines.replaceAll(line -> line.replace("old", "new"));
      assertThat(writer.merge(TextRows.of(lines.toArray(String[]::new))))
          .isEqualTo(new MergeCounts(0, codes.length));
      session.commit();
      assertThat(writer.merge(TextRows.of(lines.toArray(String[]::new))))
          .isEqualTo(new MergeCounts(0, 0));
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesTwoRowsOfOneKey(TestServer server) throws Exception {
    ConnectionConfiguration database =
        database(server, "number int NOT NULL, note varchar(20)", "number");
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("writer")) {
      ChunkWriter writer =
          writer(session, database, mapping(List.of(NUMBER, NOTE), List.of("number")));
      assertThatThrownBy(() -> writer.merge(TextRows.of("one\t1\ta", "one\t1\tb")))
          .isInstanceOfSatisfying(
              RowRejectedException.class, e -> assertThat(e.duplicate()).isTrue());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "char(4), b, a, ab",
    "bytea, \\\\x00ff, \\\\x, \\\\x5c27",
    "'numeric(20,3)', 10, -9.5, 9",
    "double precision, 0.1, -Infinity, 1e300",
    "timestamptz, 2024-03-10 02:30:00+00, 1999-12-31 23:59:59.999999+00, infinity",
    "interval, P1M, P31D, PT-1S",
    "inet, 10.0.0.1, 10.0.0.0/24, ::1",
    "uuid, ffffffff-0000-0000-0000-000000000000, 0f000000-0000-0000-0000-000000000000,"
        + " 00000000-0000-0000-0000-000000000001",
    "bit(3), 101, 001, 010",
    "boolean, 1, 0, 1"
  })
  void findsKeysOfEveryTypeOfPostgres(String type, String one, String two, String three)
      throws Exception {
    ConnectionConfiguration database =
        database(
            TestServer.POSTGRESQL, "part int NOT NULL, code " + type + " NOT NULL", "part, code");
    Column part = new Column("part", NUMBER.type(), false, false);
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("writer")) {
      ChunkWriter writer =
          writer(session, database, mapping(List.of(part, CODE), List.of("part", "code")));
      String[] lines = {"o'ne\\\\\t1\t" + one, "o'ne\\\\\t1\t" + two, "o'ne\\\\\t2\t" + three};
      assertThat(writer.merge(TextRows.of(lines))).isEqualTo(new MergeCounts(3, 0));
      session.commit();
      assertThat(writer.merge(TextRows.of(lines))).isEqualTo(new MergeCounts(0, 0));
    }
  }

  @Test
  void readsOfTheTableOnlyWhereTheChunkGoes() throws Exception {
    ConnectionConfiguration database =
        database(TestServer.POSTGRESQL, "number int NOT NULL, note varchar(20)", "number");
    TestServer.execute(
        database,
        "INSERT INTO stock SELECT 'o''ne\\', i, 'x' FROM generate_series(1, 100000) i",
        "ANALYZE stock");
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("writer")) {
      ChunkWriter writer =
          writer(session, database, mapping(List.of(NUMBER, NOTE), List.of("number")));
      List<String> lines = new ArrayList<>();
      for (int number = 50_000; number < 51_000; number++) {
        lines.add("o'ne\\\\\t" + number + "\tx");
      }
      assertThat(writer.merge(TextRows.of(lines.toArray(String[]::new))))
          .isEqualTo(new MergeCounts(0, 0));
      assertThat(
              TestServer.rows(
                  session,
                  "SELECT seq_scan || ' ' || (seq_tup_read + idx_tup_fetch < 5000)"
                      + " FROM pg_stat_xact_user_tables WHERE relname = 'stock'"))
          .containsExactly("0 true");
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsASliceByANumber(TestServer server) throws Exception {
    assumeTrue(server.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    ConnectionConfiguration database = server.newDatabase("writer");
    TestServer.execute(
        database,
        "CREATE TABLE stock (branch int NOT NULL, number int NOT NULL, note varchar(20),"
            + " PRIMARY KEY (branch, number))",
        "INSERT INTO stock VALUES (70, 1, 'other')");
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("writer")) {
      ChunkWriter writer =
          writer(
              session, database, mapping("stock", "7", List.of(NUMBER, NOTE), List.of("number")));
      assertThat(writer.sliceIsEmpty()).isTrue();
      assertThat(writer.insert(TextRows.of("7\t1\ta"))).isEqualTo(1);
      session.commit();
      assertThat(writer.sliceIsEmpty()).isFalse();
      assertThat(writer.merge(TextRows.of("7\t1\tb", "7\t2\tb"))).isEqualTo(new MergeCounts(1, 1));
      session.commit();
      assertThat(
              TestServer.rows(
                  session, "SELECT concat(branch, note) FROM stock ORDER BY branch, number"))
          .containsExactly("7b", "7b", "70other");
    }
  }

  @Test
  void noticesRowsThatATriggerKeepsOut() throws Exception {
    ConnectionConfiguration database = TestServer.POSTGRESQL.newDatabase("writer");
    TestServer.execute(
        database,
        "CREATE TABLE stock (branch int NOT NULL, number int NOT NULL, note varchar(20),"
            + " PRIMARY KEY (branch, number))",
        "CREATE FUNCTION keep_out() RETURNS trigger LANGUAGE plpgsql AS"
            + " 'BEGIN RETURN CASE WHEN NEW.number <> 2 THEN NEW END; END'",
        "CREATE TRIGGER keep_out BEFORE INSERT ON stock FOR EACH ROW EXECUTE FUNCTION keep_out()");
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("writer")) {
      ChunkWriter writer =
          writer(
              session, database, mapping("stock", "7", List.of(NUMBER, NOTE), List.of("number")));
      assertThatThrownBy(() -> writer.insert(TextRows.of("7\t1\ta", "7\t2\tb", "7\t3\tc")))
          .isInstanceOf(RowRejectedException.class)
          .hasMessageContaining("2 of 3 rows were taken");
    }
  }

  static Stream<Arguments> names() {
    return Arrays.stream(TestServer.values())
        .flatMap(
            server ->
                Stream.of(
                    Arguments.of(server, "order details", "number"),
                    Arguments.of(server, "COPY a, line 7", "number"),
                    Arguments.of(server, "it's at row 7", "Row 7"),
                    Arguments.of(server, "stock", "at row 7"),
                    Arguments.of(server, "100% [stock] (a|b)", "number")));
  }

  /** Names and values may read like a part of the message. */
  @ParameterizedTest
  @MethodSource("names")
  void saysWhichRowIsRejectedWhateverTheNames(TestServer server, String table, String column)
      throws Exception {
    assumeTrue(server.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    ConnectionConfiguration database = server.newDatabase("writer");
    Dialect dialect = Dialects.of(database.type());
    String number = dialect.quote(column);
    TestServer.execute(
        database,
        ("CREATE TABLE " + dialect.quote(table) + " (branch varchar(20) NOT NULL, " + number)
            + (" int NOT NULL, note varchar(20), PRIMARY KEY (branch, " + number + "))"));
    List<Column> columns = List.of(new Column(column, NUMBER.type(), false, false), NOTE);
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("writer")) {
      ChunkWriter writer =
          writer(session, database, mapping(table, "one", columns, List.of(column)));
      for (String value : List.of("x", "COPY stock, line 7", "at row 7", "Row 7")) {
        String[] lines = {"one\t1\ta", "one\t2\tb", "one\t" + value + "\tc"};
        assertThatThrownBy(() -> writer.insert(TextRows.of(lines)))
            .isInstanceOfSatisfying(
                RowRejectedException.class,
                e -> assertThat(e.row()).as(e.getMessage()).isEqualTo(3));
        session.rollback();
        assertThatThrownBy(() -> writer.merge(TextRows.of(lines)))
            .isInstanceOfSatisfying(
                RowRejectedException.class,
                e -> assertThat(e.row()).as(e.getMessage()).isEqualTo(3));
        session.rollback();
      }
    }
  }
}
