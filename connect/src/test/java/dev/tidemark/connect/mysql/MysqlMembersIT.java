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
import dev.tidemark.connect.target.TargetPolicy;
import dev.tidemark.connect.target.TargetTables;
import dev.tidemark.connect.type.ColumnKind;
import dev.tidemark.connect.type.ColumnType;
import dev.tidemark.connect.type.Conversion;
import dev.tidemark.connect.type.Fidelity;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Enums and sets of tables that exist; servers would take a number for the place of a member. */
class MysqlMembersIT {

  private static final ColumnType TEXT =
      ColumnType.of(ColumnKind.TEXT, "text").on(DatabaseType.POSTGRESQL);

  private static Stream<Arguments> ways() {
    return Stream.of(TestServer.MARIADB, TestServer.MYSQL)
        .flatMap(server -> Stream.of(Arguments.of(server, true), Arguments.of(server, false)));
  }

  private static Stream<Arguments> numbers() {
    return ways()
        .flatMap(
            way ->
                Stream.of("enum('N','Y')", "set('N','Y')")
                    .flatMap(
                        type ->
                            sources()
                                .map(
                                    source ->
                                        Arguments.of(way.get()[0], way.get()[1], type, source))));
  }

  private static Stream<ColumnType> sources() {
    return Stream.of(
        TEXT,
        ColumnType.of(ColumnKind.INT32, "integer").on(DatabaseType.POSTGRESQL),
        ColumnType.of(ColumnKind.OTHER, "mood"),
        ColumnType.of(ColumnKind.TEXT, "enum('0','1','2','+1',' 1','01')").on(DatabaseType.MYSQL),
        ColumnType.of(ColumnKind.TEXT, "set('N','Y','1')").on(DatabaseType.MARIADB));
  }

  private static Connection session(TestServer server, boolean loads, String type)
      throws SQLException {
    assumeTrue(server.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    ConnectionConfiguration database = server.newDatabase("members");
    TestServer.execute(
        database,
        "CREATE TABLE item (id int, state " + type + " NULL, PRIMARY KEY (id)) CHARSET utf8mb4");
    Duration patience = Duration.ofSeconds(10);
    Connection session =
        loads ? Sessions.openToLoad(database, patience) : Sessions.open(database, patience);
    session.setAutoCommit(false);
    return session;
  }

  private static TableShape item(TestServer server, Connection session) throws SQLException {
    return Dialects.of(DatabaseType.valueOf(server.name()))
        .describe(session, session.getCatalog(), "item")
        .orElseThrow();
  }

  private static ChunkWriter writer(
      TestServer server, Connection session, List<Column> columns, Map<String, String> constants)
      throws SQLException {
    TableMapping mapping =
        TableMapping.of(
            new TableShape("shop", "item", columns, List.of("id"), 0),
            "item",
            new ColumnChoice(List.of(), List.of(), List.of(), Map.of(), constants));
    Dialect dialect = Dialects.of(DatabaseType.valueOf(server.name()));
    return dialect.writer(session, session.getCatalog(), mapping, item(server, session));
  }

  private static ChunkWriter writer(TestServer server, Connection session, ColumnType source)
      throws SQLException {
    return writer(
        server, session, List.of(id(), new Column("state", source, true, false)), Map.of());
  }

  private static Column id() {
    return new Column("id", ColumnType.of(ColumnKind.INT32, "int"), false, false);
  }

  private static void assertSecondRejected(Connection session, ChunkWriter writer, String... lines)
      throws SQLException {
    assertThatThrownBy(() -> writer.insert(TextRows.of(lines)))
        .as("insert of %s", List.of(lines))
        .isInstanceOfSatisfying(
            RowRejectedException.class,
            e -> {
              assertThat(e.row()).isEqualTo(2);
              assertThat(e.getMessage()).contains("state");
            });
    session.rollback();
    assertThatThrownBy(() -> writer.merge(TextRows.of(lines)))
        .as("merge of %s", List.of(lines))
        .isInstanceOfSatisfying(RowRejectedException.class, e -> assertThat(e.row()).isEqualTo(2));
    session.rollback();
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void takeNoNumberForTheMemberInThatPlace(
      TestServer server, boolean loads, String type, ColumnType source) throws Exception {
    try (Connection session = session(server, loads, type)) {
      ChunkWriter writer = writer(server, session, source);
      for (String number : List.of("1", "0", "2", "+1", " 1", "01", "1 ", "x")) {
        assertSecondRejected(session, writer, "1\tY", "2\t" + number);
      }
      assertThat(writer.insert(TextRows.of("1\tY", "2\t\\N"))).isEqualTo(2);
      session.commit();
      assertThat(writer.merge(TextRows.of("1\tY", "2\tN"))).isEqualTo(new MergeCounts(0, 1));
      session.commit();
      assertThat(TestServer.rows(session, "SELECT state FROM item ORDER BY id"))
          .containsExactly("Y", "N");
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void takeNumbersThatAreMembers(TestServer server, boolean loads) throws Exception {
    try (Connection session = session(server, loads, "enum('2','1','0','-1')")) {
      ChunkWriter writer = writer(server, session, TEXT);
      writer.insert(TextRows.of("1\t1", "2\t2", "3\t0", "4\t-1", "5\t\\N"));
      session.commit();
      assertThat(TestServer.rows(session, "SELECT state FROM item ORDER BY id"))
          .containsExactly("1", "2", "0", "-1", null);
      session.rollback();
      assertSecondRejected(session, writer, "11\t1", "12\t01");
      assertSecondRejected(session, writer, "11\t1", "12\t3");
    }
  }

  /** The empty text is the empty set, and of an enum no member. */
  @ParameterizedTest
  @MethodSource("ways")
  void takeAnEmptyTextAsEver(TestServer server, boolean loads) throws Exception {
    try (Connection session = session(server, loads, "set('N','Y')")) {
      writer(server, session, TEXT).insert(TextRows.of("1\t", "2\tN,Y"));
      assertThat(TestServer.rows(session, "SELECT state FROM item ORDER BY id"))
          .containsExactly("", "N,Y");
    }
    try (Connection session = session(server, loads, "enum('N','Y')")) {
      assertSecondRejected(session, writer(server, session, TEXT), "1\tN", "2\t");
    }
    try (Connection session = session(server, loads, "enum('N','')")) {
      writer(server, session, TEXT).insert(TextRows.of("1\t", "2\tN"));
      assertThat(TestServer.rows(session, "SELECT CAST(state AS UNSIGNED) FROM item ORDER BY id"))
          .containsExactly("2", "1");
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void takeNoConstantForTheMemberInThatPlace(TestServer server, boolean loads) throws Exception {
    try (Connection session = session(server, loads, "enum('N','Y')")) {
      ChunkWriter number = writer(server, session, List.of(id()), Map.of("state", "1"));
      assertThatThrownBy(() -> number.insert(TextRows.of("1\t1")))
          .isInstanceOf(RowRejectedException.class)
          .hasMessageContaining("state");
      session.rollback();
      ChunkWriter member = writer(server, session, List.of(id()), Map.of("state", "Y"));
      member.insert(TextRows.of("Y\t1"));
      assertThat(TestServer.rows(session, "SELECT state FROM item")).containsExactly("Y");
    }
  }

  private static Fidelity fidelity(ColumnType source, ColumnType target) {
    return Conversion.of(source, target).fidelity();
  }

  private static ColumnType state(TestServer server, String type) throws SQLException {
    try (Connection session = session(server, true, type)) {
      return item(server, session).column("state").orElseThrow().type();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void areExactWhereEachMemberIsThereAsTheServersListThem(TestServer server) throws Exception {
    ColumnType few = state(server, "enum('it''s','a,b','back\\\\slash','é')");
    ColumnType many = state(server, "enum('é','x','back\\\\slash','a,b','it''s')");
    assertThat(fidelity(few, many)).isEqualTo(Fidelity.EXACT);
    assertThat(fidelity(many, few)).isEqualTo(Fidelity.LOSSY);
    assertThat(fidelity(few, few)).isEqualTo(Fidelity.EXACT);
    assertThat(fidelity(state(server, "enum('Active')"), state(server, "enum('active')")))
        .isEqualTo(Fidelity.LOSSY);
    ColumnType elsewhere = state(TestServer.MARIADB, "enum('it''s','a,b','back\\\\slash','é')");
    assertThat(fidelity(elsewhere, many)).isEqualTo(Fidelity.EXACT);
  }

  /** What a source's list gained; each row keeps its text, whatever place that has now. */
  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void gainMembersWhereTheTableMayBeWidened(TestServer server) throws Exception {
    ColumnType gained = state(server, "enum('new','back\\\\slash','it''s')");
    try (Connection session = session(server, true, "enum('it''s','back\\\\slash')")) {
      writer(server, session, TEXT).insert(TextRows.of("1\tit's", "2\tback\\\\slash"));
      session.commit();
      session.setAutoCommit(true);
      TableMapping mapping =
          TableMapping.of(
              new TableShape(
                  "shop",
                  "item",
                  List.of(id(), new Column("state", gained, true, false)),
                  List.of("id"),
                  0),
              "item",
              ColumnChoice.ALL);
      TableShape widened =
          TargetTables.ensure(
              session,
              Dialects.of(DatabaseType.valueOf(server.name())),
              session.getCatalog(),
              mapping,
              new TargetPolicy(false, true, false));
      assertThat(widened.column("state").orElseThrow().type()).isEqualTo(gained);
      assertThat(TestServer.rows(session, "SELECT state FROM item ORDER BY id"))
          .containsExactly("it's", "back\\slash");
    }
  }
}
