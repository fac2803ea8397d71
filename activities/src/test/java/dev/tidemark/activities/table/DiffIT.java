package dev.tidemark.activities.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.RowSpec;
import dev.tidemark.workflows.table.SyncMode;
import dev.tidemark.workflows.table.TableSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Passes that compare both sides and copy only what differs. */
class DiffIT {

  private static final int ROWS = 50_000;

  private static TableSpec spec(Deletes deletes, Map<String, String> constants) {
    return TwoSides.spec(
        constants,
        0,
        2,
        new ModeSpec(SyncMode.DIFF, null, deletes, deletes == Deletes.SOFT ? "gone_at" : null),
        RowSpec.ALL);
  }

  private static TwoSides sides(TestServer from, TestServer to, TableSpec spec) {
    TwoSides sides = new TwoSides(from, to, spec);
    sides.atSource(
        "CREATE TABLE item (id int PRIMARY KEY, note varchar(40), amount numeric(12,2))",
        from == TestServer.POSTGRESQL
            ? "INSERT INTO item SELECT i, 'note', i / 4.0 FROM generate_series(1, " + ROWS + ") i"
            : "INSERT INTO item WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n"
                + " WHERE i < 500) SELECT (a.i - 1) * 100 + b.i, 'note', a.i / 4.0"
                + " FROM n a JOIN n b ON b.i <= 100");
    return sides;
  }

  private static Stream<Arguments> directions() {
    return Stream.of(TestServer.values())
        .flatMap(from -> Stream.of(TestServer.values()).map(to -> Arguments.of(from, to)));
  }

  @ParameterizedTest
  @MethodSource("directions")
  void copiesExactlyWhatDiffers(TestServer from, TestServer to) throws Exception {
    try (TwoSides sides = sides(from, to, spec(Deletes.HARD, Map.of()))) {
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(ROWS, ROWS, 0, 0));
      sides.atSource(
          "UPDATE item SET note = 'changed' WHERE id % 1000 = 7",
          "DELETE FROM item WHERE id % 1000 = 8",
          "INSERT INTO item SELECT id + 1000000, note, amount FROM item WHERE id % 5000 = 9");
      sides.atTarget(
          "UPDATE item SET amount = amount + 0.01 WHERE id = 1",
          "DELETE FROM item WHERE id = " + ROWS,
          "INSERT INTO item (id, note) VALUES (-5, 'of nobody')");

      sides.newPass("second");
      sides.copy();
      assertThat(sides.counts())
          .isEqualTo(new RowCounts(ROWS - 50 + 10, 11, 51, ROWS - 50 + 10 - 62, 51));
      sides.assertEqual("id, note, amount");

      sides.newPass("third");
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(ROWS - 40, 0, 0, ROWS - 40, 0));
    }
  }

  /** Floats are compared by their bits, and texts that are uuids in lower case. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POSTGRESQL | double precision | MARIADB | double",
        "POSTGRESQL | real | POSTGRESQL | real",
        "POSTGRESQL | double precision | POSTGRESQL | text",
        "MYSQL | double | POSTGRESQL | double precision",
        "MARIADB | int | MYSQL | double",
        "POSTGRESQL | text | POSTGRESQL | uuid",
        "POSTGRESQL | uuid | POSTGRESQL | varchar(36)",
        "MYSQL | char(36) COLLATE utf8mb4_0900_bin | POSTGRESQL | uuid",
        "MYSQL | char(36) COLLATE utf8mb4_0900_ai_ci | POSTGRESQL | uuid",
        "MARIADB | char(36) COLLATE utf8mb4_nopad_bin | MARIADB | uuid",
        "MARIADB | time(6) | POSTGRESQL | interval",
      })
  void findsRowsWhoseKeysAreSpelledOtherwiseThanWritten(
      TestServer from, String here, TestServer to, String there) throws Exception {
    try (TwoSides sides = new TwoSides(from, to, spec(Deletes.HARD, Map.of()))) {
      sides.atSource("CREATE TABLE item (code " + here + " NOT NULL PRIMARY KEY, note varchar(9))");
      sides.atTarget(
          "CREATE TABLE item (code " + there + " NOT NULL PRIMARY KEY, note varchar(9))");
      List<String> keys = keys(here + there);
      keys.subList(0, 4).forEach(key -> sides.atSource(row(key)));
      sides.copy();
      sides.atSource(
          "UPDATE item SET note = 'b' WHERE code = '" + keys.get(0) + "'",
          "DELETE FROM item WHERE code = '" + keys.get(1) + "'",
          row(keys.get(4)));

      sides.newPass("second");
      sides.copy();

      assertThat(sides.counts()).isEqualTo(new RowCounts(4, 1, 1, 2, 1));
      assertThat(TwoSides.rows(sides.target, "SELECT note FROM item ORDER BY note"))
          .containsExactly("a", "a", "a", "b");
    }
  }

  private static String row(String key) {
    return "INSERT INTO item VALUES ('" + key + "', 'a')";
  }

  private static List<String> keys(String types) {
    if (types.contains("uuid")) {
      return Stream.of("1", "2", "3", "4", "5")
          .map(digit -> "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A1" + digit)
          .toList();
    }
    return types.contains("interval")
        ? List.of("00:00:01", "00:00:02.5", "01:00:00", "10:00:00", "11:00:00")
        : types.contains("int")
            ? List.of("1", "2", "-3", "100", "7")
            : List.of("1.5", types.contains("real") ? "2" : "1e-200", "-3.25", "0.1", "7");
  }

  @ParameterizedTest
  @EnumSource
  void leavesWhatIsGoneUnlessToldOtherwise(TestServer to) throws Exception {
    try (TwoSides sides = sides(TestServer.POSTGRESQL, to, spec(Deletes.IGNORE, Map.of()))) {
      sides.copy();
      sides.atSource("DELETE FROM item WHERE id <= 10", "UPDATE item SET note = 'x' WHERE id = 11");
      sides.newPass("second");
      sides.copy();
      assertThat(sides.counts().deleted()).isZero();
      assertThat(sides.counts().updated()).isEqualTo(1);
      assertThat(TwoSides.rows(sides.target, "SELECT count(*) FROM item"))
          .containsExactly(String.valueOf(ROWS));
    }
  }

  @ParameterizedTest
  @EnumSource
  void marksWhatIsGoneAndUnmarksWhatIsThereAgain(TestServer to) throws Exception {
    try (TwoSides sides = sides(TestServer.POSTGRESQL, to, spec(Deletes.SOFT, Map.of()))) {
      sides.copy();
      sides.atSource(
          "CREATE TABLE kept AS SELECT * FROM item WHERE id IN (3, 4)",
          "DELETE FROM item WHERE id IN (3, 4)");
      sides.newPass("second");
      sides.copy();
      assertThat(sides.counts().deleted()).isEqualTo(2);
      String marked = "SELECT id FROM item WHERE gone_at IS NOT NULL ORDER BY id";
      assertThat(TwoSides.rows(sides.target, marked)).containsExactly("3", "4");

      sides.newPass("third");
      sides.copy();
      assertThat(sides.counts().deleted()).as("marked already").isZero();

      sides.atSource("INSERT INTO item SELECT * FROM kept WHERE id = 4");
      sides.newPass("fourth");
      sides.copy();
      assertThat(TwoSides.rows(sides.target, marked)).containsExactly("3");
    }
  }

  /** A time that the target's table sets by itself is the source's all the same. */
  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void leavesTimesAsTheSourceHasThemWhenARowIsThereAgain(TestServer to) throws Exception {
    try (TwoSides sides = new TwoSides(TestServer.POSTGRESQL, to, spec(Deletes.SOFT, Map.of()))) {
      sides.atSource(
          "CREATE TABLE item (id int PRIMARY KEY, changed timestamp(6))",
          "INSERT INTO item SELECT i, '2020-01-01' FROM generate_series(1, 100) i");
      sides.atTarget(
          "CREATE TABLE item (id int PRIMARY KEY, changed datetime(6) NULL DEFAULT"
              + " CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6))");
      sides.copy();
      sides.atSource("DELETE FROM item WHERE id = 3");
      sides.newPass("second");
      sides.copy();
      assertThat(sides.counts().deleted()).isEqualTo(1);
      sides.atSource("INSERT INTO item VALUES (3, '2020-01-02')");
      sides.newPass("third");
      sides.copy();
      sides.newPass("fourth");
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(100, 0, 0, 100, 0));
    }
  }

  /** A unique value of a row that is gone may be another's by now. */
  @ParameterizedTest
  @EnumSource
  void deletesBeforeItWrites(TestServer to) throws Exception {
    try (TwoSides sides = sides(TestServer.POSTGRESQL, to, spec(Deletes.HARD, Map.of()))) {
      sides.copy();
      sides.atSource("UPDATE item SET note = 'of 7' WHERE id = 7");
      sides.newPass("second");
      sides.copy();
      sides.atTarget(
          "ALTER TABLE item ADD mail varchar(20)", "UPDATE item SET mail = 'x' WHERE id = 7");
      sides.atSource(
          "ALTER TABLE item ADD mail varchar(20)", "UPDATE item SET mail = 'x' WHERE id = 7");
      sides.atTarget("CREATE UNIQUE INDEX item_mail ON item (mail)");
      sides.atSource("DELETE FROM item WHERE id = 7", "UPDATE item SET mail = 'x' WHERE id = 9");
      sides.newPass("third");
      sides.copy();
      sides.assertEqual("id, note, mail");
    }
  }

  /** An existing table's collation may hold the name of one branch for that of another. */
  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void neverTouchesTheRowsOfASliceThatIsSpeltAlike(TestServer to) throws Exception {
    try (TwoSides sides =
        sides(TestServer.POSTGRESQL, to, spec(Deletes.HARD, Map.of("branch", "lmp")))) {
      sides.atTarget(
          "CREATE TABLE item (branch varchar(20) CHARACTER SET latin1 COLLATE latin1_swedish_ci NOT"
              + " NULL, id int, note varchar(40), amount numeric(12,2), PRIMARY KEY (branch, id))"
              + " CHARACTER SET utf8mb4");
      sides.copy();
      sides.atTarget("INSERT INTO item (branch, id, note) VALUES ('LMP', 900001, 'of another')");
      sides.atSource("DELETE FROM item WHERE id <= 5");
      sides.newPass("second");
      sides.copy();
      assertThat(sides.counts().deleted()).isEqualTo(5);
      assertThat(TwoSides.rows(sides.target, "SELECT note FROM item WHERE id = 900001"))
          .containsExactly("of another");
    }
  }

  @ParameterizedTest
  @EnumSource
  void neverTouchesTheRowsOfAnotherSlice(TestServer to) throws Exception {
    try (TwoSides sides =
        sides(TestServer.POSTGRESQL, to, spec(Deletes.HARD, Map.of("branch", "lmp")))) {
      sides.copy();
      sides.atTarget("INSERT INTO item (branch, id, note) VALUES ('sby', 1, 'of another')");
      sides.atSource("DELETE FROM item WHERE id <= 5");
      sides.newPass("second");
      sides.copy();
      assertThat(sides.counts().deleted()).isEqualTo(5);
      assertThat(TwoSides.rows(sides.target, "SELECT note FROM item WHERE branch = 'sby'"))
          .containsExactly("of another");
    }
  }

  @ParameterizedTest
  @EnumSource
  void goesOnFromWhereItStoodAndNamesARowThatDoesNotFit(TestServer to) throws Exception {
    try (TwoSides sides = sides(TestServer.POSTGRESQL, to, spec(Deletes.HARD, Map.of()))) {
      sides.copy();
      sides.atSource(
          "UPDATE item SET note = 'a' WHERE id IN (5, 100, 25000)",
          "ALTER TABLE item ALTER note TYPE varchar(100)",
          "UPDATE item SET note = repeat('x', 90) WHERE id = 45678",
          "UPDATE item SET note = 'b' WHERE id = 45679");
      sides.newPass("second");
      assertThatThrownBy(sides::copy)
          .isInstanceOfSatisfying(
              SyncException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.VALUE_DOES_NOT_FIT);
                assertThat(e).hasMessageContaining("id=45678");
              });
      assertThat(sides.counts().updated()).as("committed before").isEqualTo(3);
      sides.atSource("UPDATE item SET note = 'fits' WHERE id = 45678");
      sides.copy();
      assertThat(sides.counts().updated()).isEqualTo(5);
      sides.assertEqual("id, note, amount");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "MARIADB")
  void refusesToTellOfDeletesInAColumnThatTheSourceHas(TestServer to) throws Exception {
    try (TwoSides sides = sides(TestServer.POSTGRESQL, to, spec(Deletes.SOFT, Map.of()))) {
      sides.atSource("ALTER TABLE item ADD gone_at timestamp");
      assertThatThrownBy(sides::copy)
          .isInstanceOfSatisfying(
              SyncException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.COLUMN_MISMATCH);
                assertThat(e).hasMessageContaining("gone_at is to tell of deletes");
              });
    }
  }

  /** The row whose key was rewritten is not the one that is gone. */
  @ParameterizedTest
  @EnumSource(names = "MARIADB")
  void keepsARowWhoseKeyWasRewrittenInAnotherLetterCase(TestServer server) throws Exception {
    String table =
        "CREATE TABLE item (id varchar(20) COLLATE utf8mb4_general_ci PRIMARY KEY, note text)";
    try (TwoSides sides = new TwoSides(server, server, spec(Deletes.HARD, Map.of()))) {
      sides.atSource(table, "INSERT INTO item VALUES ('ABC', 'one'), ('x', 'two')");
      sides.atTarget(table);
      sides.copy();
      sides.atSource("UPDATE item SET id = 'abc' WHERE id = 'ABC'");
      sides.newPass("second");
      sides.copy();
      sides.assertEqual("id, note");
      sides.newPass("third");
      sides.copy();
      sides.assertEqual("id, note");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPassOfAnotherKindStartsOver(TestServer to) throws Exception {
    try (TwoSides sides = sides(TestServer.POSTGRESQL, to, spec(Deletes.HARD, Map.of()))) {
      sides.copy();
      sides.atSource("UPDATE item SET note = 'changed' WHERE id IN (1, 49999)");
      TableSpec diff = sides.spec;
      sides.spec = new TableSpec(null, List.of(), List.of(), List.of(), Map.of(), Map.of(), 5000);
      sides.newPass("second");
      assertThat(sides.copy(() -> sides.counts().read() >= 20_000)).isFalse();
      sides.spec = diff;
      sides.copy();
      assertThat(sides.counts().read()).isEqualTo(ROWS);
      sides.assertEqual("id, note, amount");
    }
  }
}
