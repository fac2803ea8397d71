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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that only the target's collation holds for equal. */
class TextKeyIT {

  private static final TableShape SOURCE =
      new TableShape(
          "shop",
          "stock",
          List.of(
              new Column("code", ColumnType.of(ColumnKind.TEXT, "text"), false, false),
              new Column("note", ColumnType.of(ColumnKind.TEXT, "text"), true, false)),
          List.of("code"),
          0);

  private static TableMapping mapping(TableShape source, String branch) {
    return TableMapping.of(
        source,
        "stock",
        new ColumnChoice(List.of(), List.of(), List.of(), Map.of(), Map.of("branch", branch)));
  }

  private static ConnectionConfiguration database(TestServer server, String collation) {
    assumeTrue(server.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    ConnectionConfiguration database = server.newDatabase("writer");
    if (server == TestServer.POSTGRESQL) {
      TestServer.execute(
          database,
          "CREATE EXTENSION citext",
          "CREATE COLLATION folded"
              + " (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
    }
    String type = type(collation);
    TestServer.execute(
        database,
        "CREATE TABLE stock (branch "
            + type
            + " NOT NULL, code "
            + type
            + " NOT NULL, note varchar(20), PRIMARY KEY (branch, code))");
    return database;
  }

  private static String type(String collation) {
    return collation.equals("citext") ? collation : "varchar(20) COLLATE " + collation;
  }

  private static ChunkWriter writer(
      Connection session, ConnectionConfiguration database, TableMapping mapping)
      throws SQLException {
    Dialect dialect = Dialects.of(database.type());
    TableShape target = dialect.describe(session, database.schema(), "stock").orElseThrow();
    session.setAutoCommit(false);
    return dialect.writer(session, database.schema(), mapping, target);
  }

  private static List<String> rows(Connection session) throws SQLException {
    return TestServer.rows(
        session, "SELECT concat(branch, '|', code, '|', note) FROM stock ORDER BY note");
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, folded, ABC, abc",
    "POSTGRESQL, citext, ABC, abc",
    "MARIADB, utf8mb4_general_ci, ABC, abc",
    "MARIADB, utf8mb4_bin, abc, 'abc '",
    "MYSQL, utf8mb4_0900_ai_ci, cafe, café",
    "MYSQL, utf8mb4_0900_ai_ci, ABC, abc",
    "MYSQL, utf8mb4_bin, abc, 'abc '"
  })
  void refusesARowThatWouldTakeTheOneOfAnotherKey(
      TestServer server, String collation, String there, String coming) throws Exception {
    ConnectionConfiguration database = database(server, collation);
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("writer")) {
      ChunkWriter writer = writer(session, database, mapping(SOURCE, "one"));
      writer.merge(TextRows.of("one\t" + there + "\told", "one\tb\tB"));
      session.commit();
      assertThatThrownBy(
              () -> writer.merge(TextRows.of("one\tb\tB", "one\t" + coming + "\tanother")))
          .isInstanceOfSatisfying(
              RowRejectedException.class, e -> assertThat(e.duplicate()).isTrue())
          .hasMessageContaining("branch=one, code=" + there + ".")
          .hasMessageContaining("branch=one, code=" + coming + " ");
      session.rollback();
      assertThat(rows(session)).containsExactly("one|b|B", "one|" + there + "|old");
      assertThat(writer.merge(TextRows.of("one\t" + there + "\tnew")))
          .isEqualTo(new MergeCounts(0, 1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, folded",
    "POSTGRESQL, citext",
    "MARIADB, utf8mb4_general_ci",
    "MYSQL, utf8mb4_0900_ai_ci"
  })
  void refusesARowThatWouldTakeTheOneOfAnotherSlice(TestServer server, String collation)
      throws Exception {
    ConnectionConfiguration database = database(server, collation);
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("writer")) {
      writer(session, database, mapping(SOURCE, "one")).merge(TextRows.of("one\tABC\told"));
      session.commit();
      ChunkWriter writer = writer(session, database, mapping(SOURCE, "ONE"));
      assertThatThrownBy(() -> writer.merge(TextRows.of("ONE\tABC\tanother")))
          .isInstanceOfSatisfying(
              RowRejectedException.class, e -> assertThat(e.duplicate()).isTrue())
          .hasMessageContaining("branch=one, code=ABC");
      session.rollback();
      assertThat(rows(session)).containsExactly("one|ABC|old");
    }
  }

  @ParameterizedTest
  @CsvSource({"POSTGRESQL, \"C\"", "MARIADB, utf8mb4_nopad_bin", "MYSQL, utf8mb4_0900_bin"})
  void takesRowsOfKeysThatDifferInLetterCaseWhereTheTargetTellsThemApart(
      TestServer server, String collation) throws Exception {
    ConnectionConfiguration database = database(server, collation);
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("writer")) {
      ChunkWriter writer = writer(session, database, mapping(SOURCE, "one"));
      writer.merge(TextRows.of("one\tABC\t1"));
      session.commit();
      assertThat(writer.merge(TextRows.of("one\tabc\t2", "one\tabc \t3")))
          .isEqualTo(new MergeCounts(2, 0));
      assertThat(rows(session)).containsExactly("one|ABC|1", "one|abc|2", "one|abc |3");
    }
  }

  /** Where the source holds them for equal too, it cannot have both: the key was rewritten. */
  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, folded",
    "POSTGRESQL, citext",
    "MARIADB, utf8mb4_general_ci",
    "MYSQL, utf8mb4_0900_ai_ci"
  })
  void rewritesAKeyOfASourceWithTheSameCollation(TestServer server, String collation)
      throws Exception {
    ConnectionConfiguration database = database(server, collation);
    TestServer.execute(
        database, "CREATE TABLE item (code " + type(collation) + " PRIMARY KEY, note text)");
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("writer")) {
      TableShape source =
          Dialects.of(database.type()).describe(session, database.schema(), "item").orElseThrow();
      ChunkWriter writer = writer(session, database, mapping(source, "one"));
      writer.merge(TextRows.of("one\tABC\told"));
      session.commit();
      assertThat(writer.merge(TextRows.of("one\tabc\told"))).isEqualTo(new MergeCounts(0, 1));
      assertThat(rows(session)).containsExactly("one|abc|old");
    }
  }
}
