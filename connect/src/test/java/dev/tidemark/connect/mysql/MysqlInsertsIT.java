package dev.tidemark.connect.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.connection.Sessions;
import dev.tidemark.connect.dialect.Dialects;
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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sessions that may load nothing, as at a server whose {@code local_infile} is off. */
class MysqlInsertsIT {

  private static final Column ID =
      new Column("id", ColumnType.of(ColumnKind.INT32, "int"), false, false);
  private static final Column NOTE =
      new Column("note", ColumnType.of(ColumnKind.TEXT, "longtext"), true, false);

  private static TableMapping mapping() {
    return TableMapping.of(
        new TableShape("shop", "item", List.of(ID, NOTE), List.of("id"), 0),
        "item",
        new ColumnChoice(List.of(), List.of(), List.of(), Map.of(), Map.of()));
  }

  private static Connection session(TestServer server, String note) throws SQLException {
    assumeTrue(server.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    ConnectionConfiguration database = server.newDatabase("inserts");
    TestServer.execute(
        database, "CREATE TABLE item (id int PRIMARY KEY, note " + note + " NULL) CHARSET utf8mb4");
    Connection session = Sessions.open(database, Duration.ofSeconds(10));
    session.setAutoCommit(false);
    return session;
  }

  private static ChunkWriter writer(TestServer server, Connection session) throws SQLException {
    Dialect dialect = Dialects.of(DatabaseType.valueOf(server.name()));
    String schema = session.getCatalog();
    TableShape shape = dialect.describe(session, schema, "item").orElseThrow();
    return dialect.writer(session, schema, mapping(), shape);
  }

  private static List<String> notes(Connection session) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery("SELECT note FROM item ORDER BY id")) {
      List<String> notes = new ArrayList<>();
      while (row.next()) {
        notes.add(row.getString(1));
      }
      return notes;
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void takesEveryCharacterAsItIs(TestServer server) throws Exception {
    try (Connection session = session(server, "longtext")) {
      ChunkWriter writer = writer(server, session);
      assertThat(writer.remark()).isEmpty();
      long inserted =
          writer.insert(
              TextRows.of(
                  "1\t\\N",
                  "2\t",
                  "3\t\\\\N",
                  "4\tit's \"quoted\" `so`",
                  "5\t\\\\' \\\\\\\\ \\t\\n\\r\\b end\\\\",
                  "6\t{d '2026-01-01'} {fn now()} -- ? /* */ ; 100%_ \\\\%",
                  "7\t🌊 é \u0000 \u001a"));
      session.commit();
      assertThat(inserted).isEqualTo(7);
      assertThat(notes(session))
          .containsExactly(
              null,
              "",
              "\\N",
              "it's \"quoted\" `so`",
              "\\' \\\\ \t\n\r\b end\\",
              "{d '2026-01-01'} {fn now()} -- ? /* */ ; 100%_ \\%",
              "🌊 é \u0000 \u001a");
      assertThat(writer.remark().orElseThrow()).contains("local_infile", "INSERT");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void mergesAsALoadDoes(TestServer server) throws Exception {
    try (Connection session = session(server, "longtext")) {
      ChunkWriter writer = writer(server, session);
      writer.insert(TextRows.of("1\tone", "2\ttwo", "3\tthree"));
      session.commit();
      assertThat(writer.merge(TextRows.of("2\tTwo", "3\tthree", "4\tfour")))
          .isEqualTo(new MergeCounts(1, 1));
      session.commit();
      assertThat(writer.merge(TextRows.of("1\tone", "4\tfour"))).isEqualTo(new MergeCounts(0, 0));
      assertThat(notes(session)).containsExactly("one", "Two", "three", "four");
    }
  }

  /** Several statements, each below a megabyte, and a row of more than that. */
  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void passesManyRowsAndWideOnes(TestServer server) throws Exception {
    try (Connection session = session(server, "longtext")) {
      ChunkWriter writer = writer(server, session);
      String[] lines =
          IntStream.range(0, 30_000)
              .mapToObj(i -> i + "\t" + "x".repeat(i == 15_000 ? 2_000_000 : i % 200))
              .toArray(String[]::new);
      assertThat(writer.insert(TextRows.of(lines))).isEqualTo(30_000);
      session.commit();
      List<String> notes = notes(session);
      assertThat(notes).hasSize(30_000);
      assertThat(notes.get(15_000)).hasSize(2_000_000);
      assertThat(IntStream.range(0, 30_000).filter(i -> i != 15_000))
          .allMatch(i -> notes.get(i).length() == i % 200);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void namesTheRowThatDoesNotFit(TestServer server) throws Exception {
    try (Connection session = session(server, "varchar(2000)")) {
      String wide = "x".repeat(1_500);
      String[] lines =
          IntStream.rangeClosed(1, 3_000)
              .mapToObj(i -> i + "\t" + (i == 2_345 ? wide + wide : wide))
              .toArray(String[]::new);
      assertRejected(writer(server, session), 2_345, false, lines);
      session.rollback();
      assertThat(notes(session)).isEmpty();
    }
  }

  /** The server names the key, and not the row. */
  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void namesTheSecondRowOfAKey(TestServer server) throws Exception {
    try (Connection session = session(server, "longtext")) {
      assertRejected(writer(server, session), 4, true, "1\ta", "2\tb", "3\tc", "2\td", "5\te");
    }
  }

  /** Blanks that a column has no room for are cut with a note alone. */
  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void bendsNothingInSilence(TestServer server) throws Exception {
    try (Connection session = session(server, "varchar(4)")) {
      assertRejected(writer(server, session), 2, false, "1\tfour", "2\tfour  ");
      session.rollback();
      try (Statement statement = session.createStatement()) {
        statement.execute("ALTER TABLE item MODIFY note int NULL");
      }
      assertRejected(writer(server, session), 2, false, "1\t7", "2\tseven", "3\t8");
      session.rollback();
      assertRejected(writer(server, session), 1, false, "1\t99999999999");
      session.rollback();
      try (Statement statement = session.createStatement()) {
        statement.execute("ALTER TABLE item MODIFY note enum('new','old') NULL");
      }
      assertRejected(writer(server, session), 2, false, "1\tnew", "2\tof no list", "3\told");
    }
  }

  /** On one server only: packets of the other are large. */
  @ParameterizedTest
  @EnumSource(names = "MARIADB")
  void namesARowThatIsTooLargeForAPacket(TestServer server) throws Exception {
    try (Connection session = session(server, "longtext")) {
      long packet;
      try (Statement statement = session.createStatement();
          ResultSet row = statement.executeQuery("SELECT @@max_allowed_packet")) {
        row.next();
        packet = row.getLong(1);
      }
      assertThatThrownBy(
              () ->
                  writer(server, session)
                      .insert(TextRows.of("1\ta", "2\t" + "x".repeat((int) packet))))
          .isInstanceOfSatisfying(
              RowRejectedException.class,
              e -> {
                assertThat(e.row()).isEqualTo(2);
                assertThat(e.getMessage()).contains("max_allowed_packet of " + packet + " bytes");
              });
    }
  }

  private static void assertRejected(
      ChunkWriter writer, long row, boolean duplicate, String... lines) {
    assertThatThrownBy(() -> writer.insert(TextRows.of(lines)))
        .isInstanceOfSatisfying(
            RowRejectedException.class,
            e -> {
              assertThat(e.row()).as(e.getMessage()).isEqualTo(row);
              assertThat(e.duplicate()).isEqualTo(duplicate);
            });
  }
}
