package dev.tidemark.connect.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.connection.Sessions;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.connect.table.ChunkWriter;
import dev.tidemark.connect.table.ColumnChoice;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.MergeCounts;
import dev.tidemark.connect.table.RowRejectedException;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.table.TextRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Columns that hold less than the source's, beside others that must lose nothing. */
class AllowedLossIT {

  private static final String WIDE =
      "CREATE TABLE wide (id int PRIMARY KEY, price decimal(60,30), day datetime(6),"
          + " hour datetime(6), code varchar(20), said text)";

  private static final String NARROW =
      "CREATE TABLE item (id int PRIMARY KEY, price decimal(6,2), day date, hour time(3),"
          + " code varchar(4), said decimal(6,2)) CHARACTER SET utf8mb4";

  private static ConnectionConfiguration database(TestServer server) {
    assumeTrue(server.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    ConnectionConfiguration database = server.newDatabase("loss");
    TestServer.execute(database, WIDE, NARROW);
    return database;
  }

  private static Connection session(ConnectionConfiguration database, boolean loads)
      throws SQLException {
    Duration patience = Duration.ofSeconds(10);
    Connection session =
        loads ? Sessions.openToLoad(database, patience) : Sessions.open(database, patience);
    session.setAutoCommit(false);
    return session;
  }

  private static ChunkWriter writer(Connection session, ConnectionConfiguration database)
      throws SQLException {
    Dialect dialect = Dialects.of(database.type());
    TableShape wide = dialect.describe(session, database.schema(), "wide").orElseThrow();
    TableShape item = dialect.describe(session, database.schema(), "item").orElseThrow();
    TableMapping mapping =
        TableMapping.of(
            wide, "item", new ColumnChoice(List.of(), List.of(), List.of(), Map.of(), Map.of()));
    return dialect.writer(session, database.schema(), mapping, item);
  }

  private static List<String> rows(Connection session) throws SQLException {
    return TestServer.rows(
        session, "SELECT concat_ws(' ', id, price, day, hour, code, said) FROM item ORDER BY id");
  }

  private static Stream<Arguments> ways() {
    return Stream.of(TestServer.MARIADB, TestServer.MYSQL)
        .flatMap(server -> Stream.of(Arguments.of(server, true), Arguments.of(server, false)));
  }

  private static final String TIME = "2026-11-22 03:04:05.678912";

  @ParameterizedTest
  @MethodSource("ways")
  void isTakenAsTheTargetTakesIt(TestServer server, boolean loads) throws Exception {
    ConnectionConfiguration database = database(server);
    try (Connection session = session(database, loads)) {
      ChunkWriter writer = writer(session, database);
      String[] lines = {
        "1\t1.005\t" + TIME + "\t" + TIME + "\tabcd\t7.125",
        "2\t-1.00499999\t2026-12-31 23:59:59.999999\t0000-00-00 00:00:00\t\\N\t1.25e-1",
        "3\t\\N\t\\N\t\\N\tit's\t7",
        "4\t9999.99\t1000-01-01 00:00:00\t2026-01-01 00:00:00\t'\\\\\t+1.255"
      };
      assertThat(writer.insert(TextRows.of(lines))).isEqualTo(4);
      session.commit();
      assertThat(writer.merge(TextRows.of(lines))).isEqualTo(new MergeCounts(0, 0));
      session.commit();
      String hour = server == TestServer.MARIADB ? "03:04:05.678" : "03:04:05.679";
      assertThat(rows(session))
          .containsExactly(
              "1 1.01 2026-11-22 " + hour + " abcd 7.13",
              "2 -1.00 2026-12-31 00:00:00.000 0.13",
              "3 it's 7.00",
              "4 9999.99 1000-01-01 00:00:00.000 '\\ 1.26");
    }
  }

  /** Blanks that a column has no room for are cut with a note alone. */
  @ParameterizedTest
  @MethodSource("ways")
  void isNoneOfAnotherColumn(TestServer server, boolean loads) throws Exception {
    ConnectionConfiguration database = database(server);
    try (Connection session = session(database, loads)) {
      ChunkWriter writer = writer(session, database);
      String good = "1\t1.005\t" + TIME + "\t" + TIME + "\tabcd\t+1.255";
      assertRejected(
          session, writer, 2, good, "2\t1.005\t" + TIME + "\t" + TIME + "\tabcd  \t+1.255");
      assertRejected(session, writer, 2, good, "2\t12345.6\t" + TIME + "\t" + TIME + "\tabcd\t1");
      assertRejected(session, writer, 2, good, "2\t1\t" + TIME + "\t" + TIME + "\tabcd\tmuch");
      assertThat(rows(session)).isEmpty();
    }
  }

  private static void assertRejected(
      Connection session, ChunkWriter writer, long row, String... lines) throws SQLException {
    assertThatThrownBy(() -> writer.insert(TextRows.of(lines)))
        .isInstanceOfSatisfying(
            RowRejectedException.class, e -> assertThat(e.row()).as(e.getMessage()).isEqualTo(row));
    session.rollback();
    assertThatThrownBy(() -> writer.merge(TextRows.of(lines)))
        .isInstanceOfSatisfying(
            RowRejectedException.class, e -> assertThat(e.row()).as(e.getMessage()).isEqualTo(row));
    session.rollback();
  }

  /** More than the server has room for notes of. */
  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void mayBeInEveryRow(TestServer server) throws Exception {
    ConnectionConfiguration database = database(server);
    int rows = 70_000;
    String[] lines =
        IntStream.range(0, rows)
            .mapToObj(i -> i + "\t1.005\t" + TIME + "\t" + TIME + "\tabcd\t1.255")
            .toArray(String[]::new);
    try (Connection session = session(database, true)) {
      ChunkWriter writer = writer(session, database);
      assertThat(writer.insert(TextRows.of(lines))).isEqualTo(rows);
      session.rollback();
      lines[rows - 1] = lines[rows - 1].replace("abcd", "abcd ");
      assertRejected(session, writer, rows, lines);
    }
  }

  /** What nobody can look at may hide a loss of another column. */
  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void isRefusedWhereTheServerDoesNotListAllNotes(TestServer server) throws Exception {
    ConnectionConfiguration database = database(server);
    String[] lines =
        IntStream.range(0, 70_000)
            .mapToObj(i -> i + "\t1\t\\N\t\\N\tabcd\t+1.255")
            .toArray(String[]::new);
    try (Connection session = session(database, true)) {
      ChunkWriter writer = writer(session, database);
      assertThatThrownBy(() -> writer.insert(TextRows.of(lines)))
          .isInstanceOf(RowRejectedException.class)
          .hasMessageContaining("the server has 70000 notes")
          .hasMessageContaining("lists 65535")
          .hasMessageContaining("chunk-rows");
      session.rollback();
      assertThat(
              writer.insert(
                  TextRows.of(
                      IntStream.range(0, 60_000).mapToObj(i -> lines[i]).toArray(String[]::new))))
          .isEqualTo(60_000);
    }
  }

  /** On a server that is nobody else's. */
  @Test
  void isTakenFromAServerOfAnotherLanguage() throws Exception {
    ConnectionConfiguration database = database(TestServer.MARIADB);
    TestServer.MARIADB.execute("SET GLOBAL lc_messages = 'de_DE'");
    try (Connection session = session(database, true)) {
      ChunkWriter writer = writer(session, database);
      assertThat(writer.insert(TextRows.of("1\t1.005\t\\N\t\\N\tabcd\t+1.255"))).isEqualTo(1);
      session.rollback();
      assertRejected(
          session,
          writer,
          2,
          "1\t1.005\t\\N\t\\N\tabcd\t+1.255",
          "2\t1.005\t\\N\t\\N\tabcd \t+1.255");
    } finally {
      TestServer.MARIADB.execute("SET GLOBAL lc_messages = 'en_US'");
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void isTakenOfAColumnInOtherLetters(TestServer server, boolean loads) throws Exception {
    ConnectionConfiguration database = database(server);
    TestServer.execute(database, "ALTER TABLE wide CHANGE said Said text");
    try (Connection session = session(database, loads)) {
      ChunkWriter writer = writer(session, database);
      String[] lines = {"1\t1.005\t\\N\t\\N\tabcd\t+1.255"};
      assertThat(writer.insert(TextRows.of(lines))).isEqualTo(1);
      session.rollback();
      assertThat(writer.merge(TextRows.of(lines))).isEqualTo(new MergeCounts(1, 0));
    }
  }

  /** Who may not have more notes listed gets by with those that are. */
  @Test
  void isTakenForAUserOfNoOtherRights() throws Exception {
    ConnectionConfiguration database = database(TestServer.MYSQL);
    String user = database.schema();
    TestServer.MYSQL.execute("CREATE USER " + user + " IDENTIFIED BY 'Loss-1-loss'");
    try {
      TestServer.MYSQL.execute("GRANT ALL ON " + database.schema() + ".* TO " + user);
      ConnectionConfiguration plain =
          new ConnectionConfiguration(
              "plain",
              database.type(),
              database.jdbcUrl(),
              user,
              "Loss-1-loss",
              database.schema(),
              2,
              false);
      try (Connection session = session(plain, true)) {
        ChunkWriter writer = writer(session, plain);
        assertThat(writer.insert(TextRows.of("1\t1.005\t\\N\t\\N\tabcd\t+1.255"))).isEqualTo(1);
        session.rollback();
        assertRejected(session, writer, 1, "1\t1.005\t\\N\t\\N\tabcd \t+1.255");
      }
    } finally {
      TestServer.MYSQL.execute("DROP USER " + user);
    }
  }
}
