package dev.tidemark.activities.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RowSpec;
import dev.tidemark.workflows.table.SyncMode;
import dev.tidemark.workflows.table.TableSpec;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that triggers and late checks of the target refuse, or that it would cut. */
class RefusedRowsIT {

  private static final String TARGET =
      "CREATE TABLE item (id int PRIMARY KEY, note varchar(50), n int)";

  /** So that rows are merged, not loaded straight into an empty table. */
  private static final String THERE = "INSERT INTO item VALUES (-1, 'there', 1)";

  private static final List<String> REFUSED = List.of("{\"id\":\"17\"}", "{\"id\":\"1500\"}");

  private static TwoSides sides(TestServer to, SyncMode mode, int letters, String... target) {
    TableSpec spec =
        TwoSides.spec(
            0,
            1,
            new ModeSpec(
                mode, null, mode == SyncMode.REPLACE ? Deletes.HARD : Deletes.IGNORE, null),
            new RowSpec(null, Map.of(), letters));
    TwoSides sides = new TwoSides(TestServer.POSTGRESQL, to, spec);
    sides.atSource(
        "CREATE TABLE item (id int PRIMARY KEY, note text, n int)",
        "INSERT INTO item SELECT i, 'note ' || i, CASE WHEN i IN (17, 1500) THEN -i ELSE i END"
            + " FROM generate_series(1, 2000) i");
    sides.atTarget(TARGET);
    sides.atTarget(target);
    return sides;
  }

  private static List<String> letters(TwoSides sides, String columns) throws SQLException {
    return TwoSides.rows(
        sides.target, "SELECT " + columns + " FROM tidemark_dead_letter ORDER BY row_key DESC");
  }

  private static void assertAllButTheRefused(TwoSides sides) throws SQLException {
    assertThat(letters(sides, "row_key")).containsExactlyElementsOf(REFUSED);
    assertThat(letters(sides, "code")).containsOnly("CONSTRAINT_VIOLATED");
    String rows = "SELECT id, note, n FROM item WHERE id > 0 AND n > 0 ORDER BY id";
    assertThat(TwoSides.rows(sides.target, rows)).isEqualTo(TwoSides.rows(sides.source, rows));
    assertThat(TwoSides.rows(sides.target, "SELECT count(*) FROM item WHERE n < 0"))
        .containsExactly("0");
  }

  private static void assertNamesTheRow(TwoSides sides, String... words) {
    assertThatThrownBy(sides::copy)
        .isInstanceOfSatisfying(
            SyncException.class,
            e -> {
              assertThat(e)
                  .hasMessageContaining("Row id=17 of here")
                  .hasMessageContainingAll(words);
              assertThat(e.code()).isEqualTo(ErrorCode.CONSTRAINT_VIOLATED);
            });
  }

  private static String[] with(boolean merged, String... statements) {
    return Stream.concat(merged ? Stream.of(THERE) : Stream.empty(), Stream.of(statements))
        .toArray(String[]::new);
  }

  private static String[] keepingOut(boolean merged) {
    return with(
        merged,
        "CREATE FUNCTION keep_out() RETURNS trigger LANGUAGE plpgsql AS"
            + " 'BEGIN RETURN CASE WHEN NEW.n > 0 THEN NEW END; END'",
        "CREATE TRIGGER keep_out BEFORE INSERT OR UPDATE ON item FOR EACH ROW"
            + " EXECUTE FUNCTION keep_out()");
  }

  private static Stream<Arguments> ways() {
    return Stream.of(
        Arguments.of(SyncMode.FULL, false),
        Arguments.of(SyncMode.FULL, true),
        Arguments.of(SyncMode.DIFF, true));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whatATriggerKeepsOutBecomesALetter(SyncMode mode, boolean merged) throws Exception {
    try (TwoSides sides = sides(TestServer.POSTGRESQL, mode, 10, keepingOut(merged))) {
      sides.copy();
      assertAllButTheRefused(sides);
      assertThat(letters(sides, "reason"))
          .allSatisfy(message -> assertThat(message).contains("trigger keep_out"));

      sides.atSource("UPDATE item SET note = 'changed', n = -n WHERE id IN (300, 1500)");
      sides.newPass("second");
      sides.copy();
      assertThat(letters(sides, "row_key, state"))
          .as("one that is not updated, one that comes")
          .containsExactlyInAnyOrder(
              "{\"id\":\"17\"}|open", "{\"id\":\"300\"}|open", "{\"id\":\"1500\"}|resolved");
      assertThat(TwoSides.rows(sides.target, "SELECT note FROM item WHERE id IN (300, 1500)"))
          .containsExactlyInAnyOrder("note 300", "changed");
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void withoutLettersTheRowThatIsKeptOutIsNamed(SyncMode mode, boolean merged) throws Exception {
    try (TwoSides sides = sides(TestServer.POSTGRESQL, mode, 0, keepingOut(merged))) {
      assertNamesTheRow(sides, "trigger keep_out");
    }
  }

  @Test
  void aReplacedTableThatKeepsRowsOutStaysAsItWas() throws Exception {
    try (TwoSides sides = sides(TestServer.POSTGRESQL, SyncMode.REPLACE, 0, keepingOut(true))) {
      assertThatThrownBy(sides::copy)
          .isInstanceOf(SyncException.class)
          .hasMessageContainingAll("1998 rows", "2000", "trigger keep_out");
      assertThat(TwoSides.rows(sides.target, "SELECT id FROM item")).containsExactly("-1");
    }
  }

  private static String[] raising(TestServer server, boolean merged) {
    return server == TestServer.POSTGRESQL
        ? with(
            merged,
            "CREATE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN IF NEW.n < 0 THEN RAISE ''never below zero''; END IF; RETURN NULL; END'",
            "CREATE TRIGGER guard AFTER INSERT OR UPDATE ON item FOR EACH ROW"
                + " EXECUTE FUNCTION guard()")
        : with(
            merged,
            "CREATE TRIGGER guard AFTER INSERT ON item FOR EACH ROW BEGIN IF NEW.n < 0 THEN"
                + " SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'never below zero'; END IF; END");
  }

  private static Stream<Arguments> waysOfAll() {
    return Stream.of(TestServer.values())
        .flatMap(to -> ways().map(way -> Arguments.of(to, way.get()[0], way.get()[1])));
  }

  @ParameterizedTest
  @MethodSource("waysOfAll")
  void whatATriggerRaisesAgainstBecomesALetter(TestServer to, SyncMode mode, boolean merged)
      throws Exception {
    try (TwoSides sides = sides(to, mode, 10, raising(to, merged))) {
      sides.copy();
      assertAllButTheRefused(sides);
      assertThat(letters(sides, "reason"))
          .allSatisfy(message -> assertThat(message).contains("never below zero"));
    }
  }

  @ParameterizedTest
  @MethodSource("waysOfAll")
  void withoutLettersTheRowThatATriggerRaisesAgainstIsNamed(
      TestServer to, SyncMode mode, boolean merged) throws Exception {
    try (TwoSides sides = sides(to, mode, 0, raising(to, merged))) {
      assertNamesTheRow(sides, "never below zero");
    }
  }

  private static String[] checkedLate(boolean merged) {
    return with(
        merged,
        "CREATE TABLE number (n int PRIMARY KEY)",
        "INSERT INTO number SELECT generate_series(1, 2000)",
        "ALTER TABLE item ADD CONSTRAINT known FOREIGN KEY (n) REFERENCES number"
            + " DEFERRABLE INITIALLY DEFERRED");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whatIsCheckedAtTheEndBecomesALetter(SyncMode mode, boolean merged) throws Exception {
    try (TwoSides sides = sides(TestServer.POSTGRESQL, mode, 10, checkedLate(merged))) {
      sides.copy();
      assertAllButTheRefused(sides);
      assertThat(letters(sides, "reason"))
          .allSatisfy(message -> assertThat(message).contains("known"));
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void withoutLettersTheRowThatIsCheckedAtTheEndIsNamed(SyncMode mode, boolean merged)
      throws Exception {
    try (TwoSides sides = sides(TestServer.POSTGRESQL, mode, 0, checkedLate(merged))) {
      assertNamesTheRow(sides, "known");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "INCREMENTAL", mode = EnumSource.Mode.EXCLUDE)
  void blanksBeyondAColumnBecomeALetter(SyncMode mode) throws Exception {
    for (boolean merged : List.of(false, true)) {
      try (TwoSides sides = sides(TestServer.POSTGRESQL, mode, 10, with(merged))) {
        sides.atSource(
            "UPDATE item SET note = rpad('', 49, 'x') || '  ' WHERE id = 17",
            "UPDATE item SET note = rpad('', 49, 'x') || ' ' WHERE id = 18");
        sides.copy();
        assertThat(letters(sides, "row_key, code, column_name"))
            .containsExactly("{\"id\":\"17\"}|VALUE_DOES_NOT_FIT|note");
        String rows = "SELECT id, note, n FROM item WHERE id > 0 AND id <> 17 ORDER BY id";
        assertThat(TwoSides.rows(sides.target, rows)).isEqualTo(TwoSides.rows(sides.source, rows));
        assertThat(TwoSides.rows(sides.target, "SELECT id FROM item WHERE id = 17")).isEmpty();
      }
    }
  }
}
