package dev.tidemark.connect.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.failure.ErrorCode;
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

/** Texts for columns of PostgreSQL that are shorter than they may be in the source. */
class NarrowTextsIT {

  private static final ColumnType TEXT = ColumnType.of(ColumnKind.TEXT, "text");

  private static TableMapping mapping(ColumnType note) {
    return TableMapping.of(
        new TableShape(
            "shop",
            "item",
            List.of(new Column("code", TEXT, false, false), new Column("note", note, true, false)),
            List.of("code"),
            0),
        "item",
        new ColumnChoice(List.of(), List.of(), List.of(), Map.of(), Map.of()));
  }

  @FunctionalInterface
  private interface Work {
    void run(Connection session, ChunkWriter writer) throws SQLException;
  }

  private static void with(String columns, ColumnType note, Work work) throws Exception {
    ConnectionConfiguration database = TestServer.POSTGRESQL.newDatabase("narrow");
    TestServer.execute(
        database,
        "CREATE DOMAIN short AS varchar(5)",
        "CREATE TABLE item (" + columns + ", PRIMARY KEY (code))");
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("narrow")) {
      Dialect dialect = Dialects.of(database.type());
      TableShape target = dialect.describe(session, database.schema(), "item").orElseThrow();
      session.setAutoCommit(false);
      work.run(session, dialect.writer(session, database.schema(), mapping(note), target));
    }
  }

  private static void write(ChunkWriter writer, boolean straight, String... rows)
      throws SQLException {
    if (straight) {
      assertThat(writer.insert(TextRows.of(rows))).isEqualTo(rows.length);
    } else {
      MergeCounts ignored = writer.merge(TextRows.of(rows));
    }
  }

  private static void assertTooLong(
      Connection session, ChunkWriter writer, boolean straight, String column, String... lines)
      throws SQLException {
    assertThatThrownBy(() -> write(writer, straight, lines))
        .isInstanceOfSatisfying(
            RowRejectedException.class,
            e -> {
              assertThat(e.getMessage()).contains("value too long", "column \"" + column + "\"");
              assertThat(e.code()).isEqualTo(ErrorCode.VALUE_DOES_NOT_FIT);
              assertThat(e.row()).isEqualTo(2);
            });
    session.rollback();
  }

  @ParameterizedTest
  @CsvSource({"varchar(5), true", "varchar(5), false", "short, true", "short, false"})
  void blanksAreNeverCut(String type, boolean straight) throws Exception {
    with(
        "code varchar(4), note " + type,
        TEXT,
        (session, writer) -> {
          assertTooLong(session, writer, straight, "note", "a\tfive5", "b\tfive5 ", "c\tx");
          assertTooLong(session, writer, straight, "note", "a\tfive5", "b\tmore than five");
          assertTooLong(session, writer, straight, "code", "a\tx", "code \tx");
          write(writer, straight, "a\tfive5", "b\tfou4 ", "c \t\\N", "c\t");
          session.commit();
          assertThat(
                  TestServer.rows(
                      session, "SELECT concat(code, '=', note, ';') FROM item ORDER BY code"))
              .containsExactly("a=five5;", "b=fou4 ;", "c=;", "c =;");
          assertThat(writer.merge(TextRows.of("a\tfive5", "b\tfou4", "c\t", "d\t")))
              .isEqualTo(new MergeCounts(1, 1));
          session.commit();
        });
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aNameIsNeverCut(boolean straight) throws Exception {
    with(
        "code text, note name",
        TEXT,
        (session, writer) -> {
          String long63 = "é".repeat(31) + "x";
          assertTooLong(session, writer, straight, "note", "a\tx", "b\t" + long63 + "y");
          write(writer, straight, "a\t" + long63);
          assertThat(TestServer.rows(session, "SELECT note FROM item")).containsExactly(long63);
        });
  }

  /** Blanks are padding there; and what cannot be longer goes straight into the table. */
  @ParameterizedTest
  @CsvSource({"char(5)", "varchar(20)", "text"})
  void otherTablesNeedNoStage(String type) throws Exception {
    with(
        "code text, note " + type,
        ColumnType.sized(ColumnKind.TEXT, 20, "varchar(20)"),
        (session, writer) -> {
          write(writer, true, "a\tfive5", "b\tx");
          assertThat(
                  TestServer.rows(
                      session, "SELECT relname FROM pg_class WHERE relname = 'tidemark_stage'"))
              .isEmpty();
        });
  }
}
