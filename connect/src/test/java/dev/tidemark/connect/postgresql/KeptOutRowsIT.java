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
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that PostgreSQL does not take, and says nothing of, or only at the end. */
class KeptOutRowsIT {

  private static final String TABLE = "CREATE TABLE item (id int PRIMARY KEY, note varchar(20))";

  private static final TableMapping MAPPING =
      TableMapping.of(
          new TableShape(
              "shop",
              "item",
              List.of(
                  new Column("id", ColumnType.of(ColumnKind.INT32, "integer"), false, false),
                  new Column(
                      "note", ColumnType.sized(ColumnKind.TEXT, 20, "varchar(20)"), true, false)),
              List.of("id"),
              0),
          "item",
          new ColumnChoice(List.of(), List.of(), List.of(), Map.of(), Map.of()));

  @FunctionalInterface
  private interface Work {
    void run(Connection session, ChunkWriter writer) throws SQLException;
  }

  private static void with(List<String> statements, Work work) throws Exception {
    ConnectionConfiguration database = TestServer.POSTGRESQL.newDatabase("kept");
    TestServer.execute(database, statements.toArray(String[]::new));
    try (Connections connections = new Connections(List.of(database));
        Connection session = connections.openToLoad("kept")) {
      Dialect dialect = Dialects.of(database.type());
      TableShape target = dialect.describe(session, database.schema(), "item").orElseThrow();
      session.setAutoCommit(false);
      work.run(session, dialect.writer(session, database.schema(), MAPPING, target));
    }
  }

  private static String function(String name, String body) {
    return "CREATE FUNCTION "
        + name
        + "() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN "
        + body
        + " END$$";
  }

  private static String trigger(String name, String when) {
    return "CREATE TRIGGER " + name + " " + when + " FOR EACH ROW EXECUTE FUNCTION " + name + "()";
  }

  private static List<String> notes(Connection session) throws SQLException {
    return TestServer.rows(session, "SELECT concat(id, note) FROM item ORDER BY item.id");
  }

  private static void assertKeptOut(ThrowingCallable write, long row, String... words) {
    assertThatThrownBy(write)
        .isInstanceOfSatisfying(
            RowRejectedException.class,
            e -> {
              assertThat(e.getMessage()).contains(words);
              assertThat(e.row()).isEqualTo(row);
              assertThat(e.code()).isEqualTo(ErrorCode.CONSTRAINT_VIOLATED);
              assertThat(e.keptOut()).isTrue();
            });
  }

  private static Stream<List<String>> keepingTwoOut() {
    String keepOut = function("keep_out", "RETURN CASE WHEN NEW.id <> 2 THEN NEW END;");
    return Stream.of(
        List.of(TABLE, keepOut, trigger("keep_out", "BEFORE INSERT ON item")),
        List.of(TABLE, keepOut, trigger("keep_out", "BEFORE INSERT OR UPDATE ON item")),
        List.of(
            TABLE, "CREATE RULE keep_out AS ON INSERT TO item WHERE NEW.id = 2 DO INSTEAD NOTHING"),
        List.of(
            TABLE + " PARTITION BY LIST (id)",
            "CREATE TABLE item_two PARTITION OF item FOR VALUES IN (2)",
            "CREATE TABLE item_other PARTITION OF item DEFAULT",
            keepOut,
            trigger("keep_out", "BEFORE INSERT ON item_two")));
  }

  @ParameterizedTest
  @MethodSource("keepingTwoOut")
  void aRowThatIsKeptFromBeingInsertedIsRefusedByItsNumberAndKey(List<String> statements)
      throws Exception {
    with(
        statements,
        (session, writer) -> {
          assertKeptOut(
              () -> writer.merge(TextRows.of("1\ta", "2\tb", "3\tc")), 2, "id=2", "keep_out");
          session.rollback();
          assertThat(writer.merge(TextRows.of("1\ta", "3\tc"))).isEqualTo(new MergeCounts(2, 0));
          session.commit();
          assertKeptOut(
              () -> writer.merge(TextRows.of("1\tz", "2\tb", "3\tc")), 2, "id=2", "keep_out");
          session.rollback();
          assertThat(writer.merge(TextRows.of("1\tz", "3\tc"))).isEqualTo(new MergeCounts(0, 1));
          session.commit();
          assertThat(notes(session)).containsExactly("1z", "3c");
        });
  }

  @Test
  void aRowThatIsKeptFromBeingUpdatedIsRefused() throws Exception {
    with(
        List.of(
            TABLE,
            "INSERT INTO item VALUES (1, 'a'), (2, 'b'), (3, 'c')",
            function("protect", "RETURN CASE WHEN OLD.id <> 2 THEN NEW END;"),
            trigger("protect", "BEFORE UPDATE ON item")),
        (session, writer) -> {
          assertKeptOut(
              () -> writer.merge(TextRows.of("1\tx", "2\tx", "3\tx")),
              0,
              "1 of 3 rows that differ",
              "trigger protect");
          session.rollback();
          assertThat(writer.merge(TextRows.of("1\tx", "2\tb", "3\tx", "4\tx")))
              .as("the row that is kept is equal")
              .isEqualTo(new MergeCounts(1, 2));
          session.commit();
          assertThat(notes(session)).containsExactly("1x", "2b", "3x", "4x");
        });
  }

  @Test
  void whatATriggerMakesOfValuesIsRemarkedAndNotRefused() throws Exception {
    with(
        List.of(
            TABLE,
            function("shout", "NEW.note := upper(NEW.note); RETURN NEW;"),
            trigger("shout", "BEFORE INSERT OR UPDATE ON item")),
        (session, writer) -> {
          assertThat(writer.merge(TextRows.of("1\tA"))).isEqualTo(new MergeCounts(1, 0));
          session.commit();
          assertThat(writer.remark()).isEmpty();
          assertThat(writer.merge(TextRows.of("2\tb"))).isEqualTo(new MergeCounts(1, 0));
          assertThat(writer.remark())
              .hasValueSatisfying(remark -> assertThat(remark).contains("trigger shout"));
          session.commit();
          assertThat(writer.merge(TextRows.of("1\tA", "2\tb"))).isEqualTo(new MergeCounts(0, 1));
          session.commit();
          assertThat(notes(session)).containsExactly("1A", "2B");
        });
  }

  @Test
  void aRowThatATriggerPutsIntoAChildTableIsThere() throws Exception {
    with(
        List.of(
            TABLE,
            "CREATE TABLE item_child () INHERITS (item)",
            function("route", "INSERT INTO item_child VALUES (NEW.*); RETURN NULL;"),
            trigger("route", "BEFORE INSERT ON item")),
        (session, writer) -> {
          assertKeptOut(() -> writer.insert(TextRows.of("1\ta", "2\tb")), 0, "0 of 2 rows");
          session.rollback();
          MergeCounts ignored = writer.merge(TextRows.of("1\ta", "2\tb"));
          session.commit();
          assertThat(notes(session)).containsExactly("1a", "2b");
        });
  }

  @Test
  void triggersThatAreOffOrCannotKeepRowsOutAreNotAskedAbout() throws Exception {
    with(
        List.of(
            TABLE,
            function("nothing", "RETURN NULL;"),
            trigger("nothing", "AFTER INSERT OR UPDATE ON item"),
            function("off", "RETURN NULL;"),
            trigger("off", "BEFORE INSERT OR UPDATE ON item"),
            "ALTER TABLE item DISABLE TRIGGER off",
            function("gone", "RETURN OLD;"),
            trigger("gone", "BEFORE DELETE ON item")),
        (session, writer) -> {
          TableShape table = new TableShape("public", "item", List.of(), List.of(), 0);
          PostgresTriggers triggers = PostgresTriggers.of(session, table);
          assertThat(triggers.onWrite()).isEmpty();
          assertThat(triggers.onDelete()).containsExactly("trigger gone");
          assertThat(triggers.deferred()).isFalse();
          assertThat(writer.merge(TextRows.of("1\ta"))).isEqualTo(new MergeCounts(1, 0));
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsCheckedAtTheEndOfATransactionRefusesTheChunk(boolean straight) throws Exception {
    with(
        List.of(
            TABLE,
            "ALTER TABLE item ADD UNIQUE (note) DEFERRABLE INITIALLY DEFERRED",
            function(
                "check_late",
                "IF NEW.note = 'bad' THEN RAISE 'not %', NEW.note; END IF;" + " RETURN NULL;"),
            "CREATE CONSTRAINT TRIGGER check_late AFTER INSERT OR UPDATE ON item DEFERRABLE"
                + " INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_late()"),
        (session, writer) -> {
          assertThatThrownBy(() -> write(writer, straight, "1\ta", "2\tbad"))
              .isInstanceOfSatisfying(
                  RowRejectedException.class,
                  e -> {
                    assertThat(e.getMessage()).contains("not bad");
                    assertThat(e.code()).isEqualTo(ErrorCode.CONSTRAINT_VIOLATED);
                  });
          session.rollback();
          assertThatThrownBy(() -> write(writer, straight, "1\ta", "2\ta"))
              .isInstanceOfSatisfying(
                  RowRejectedException.class, e -> assertThat(e.duplicate()).isTrue());
          session.rollback();
          write(writer, straight, "1\ta", "2\tb");
          session.commit();
          MergeCounts ignored = writer.merge(TextRows.of("1\tb", "2\ta"));
          session.commit();
          assertThat(notes(session)).as("exchanged").containsExactly("1b", "2a");
        });
  }

  private static void write(ChunkWriter writer, boolean straight, String... rows)
      throws SQLException {
    if (straight) {
      long ignored = writer.insert(TextRows.of(rows));
    } else {
      MergeCounts ignored = writer.merge(TextRows.of(rows));
    }
  }
}
