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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that exchange a unique value in the source. */
class ExchangedValuesIT {

  private static final int ROWS = 1_000;

  private static TableSpec spec(SyncMode mode, Deletes deletes, int letters) {
    return TwoSides.spec(
        0,
        2,
        new ModeSpec(
            mode,
            mode == SyncMode.INCREMENTAL ? "changed" : null,
            deletes,
            deletes == Deletes.SOFT ? "gone_at" : null),
        new RowSpec(null, Map.of(), letters));
  }

  private static TwoSides sides(TestServer to, TableSpec spec) throws Exception {
    return sides(to, spec, ROWS);
  }

  private static TwoSides sides(TestServer to, TableSpec spec, int rows) throws Exception {
    TwoSides sides = new TwoSides(TestServer.POSTGRESQL, to, spec);
    sides.atSource(
        "CREATE TABLE item (id int PRIMARY KEY, code varchar(40) NOT NULL,"
            + " changed timestamptz NOT NULL)",
        "INSERT INTO item SELECT i, 'code ' || i, now() - interval '1 day'"
            + (" FROM generate_series(1, " + rows + ") i"));
    sides.atTarget(
        "CREATE TABLE item (id int PRIMARY KEY, code varchar(20) NOT NULL, changed "
            + (to == TestServer.POSTGRESQL ? "timestamptz" : "datetime(6)")
            + " NOT NULL, UNIQUE (code))");
    sides.copy();
    return sides;
  }

  private static Stream<Arguments> modes() {
    return Stream.of(TestServer.values())
        .flatMap(
            to ->
                Stream.of(SyncMode.FULL, SyncMode.INCREMENTAL, SyncMode.DIFF)
                    .map(mode -> Arguments.of(to, mode)));
  }

  @ParameterizedTest
  @MethodSource("modes")
  void areWritten(TestServer to, SyncMode mode) throws Exception {
    try (TwoSides sides = sides(to, spec(mode, Deletes.IGNORE, 0))) {
      sides.atSource(
          "UPDATE item SET code = 'code ' || CASE id WHEN 7 THEN 700 WHEN 700 THEN 7 WHEN 10 THEN"
              + " 11 WHEN 11 THEN 12 WHEN 12 THEN 10 END, changed = now() WHERE id IN (7, 700, 10,"
              + " 11, 12)",
          "INSERT INTO item VALUES (2000, 'another', now())");
      sides.newPass("second");
      sides.copy();
      assertThat(sides.counts().updated()).isEqualTo(5);
      assertThat(sides.counts().inserted()).isEqualTo(1);
      sides.assertEqual("id, code");

      sides.newPass("third");
      sides.copy();
      assertThat(sides.counts().updated()).isZero();
    }
  }

  /** Ranges of keys are compared one after the other. */
  @ParameterizedTest
  @EnumSource
  void waitForEachOtherAcrossRanges(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(SyncMode.DIFF, Deletes.HARD, 0), 60_000)) {
      sides.atSource(
          "DELETE FROM item WHERE id = 58000",
          "UPDATE item SET code = CASE id WHEN 5 THEN 'code 58000' WHEN 7 THEN 'code 59000'"
              + " WHEN 59000 THEN 'code 7' WHEN 20 THEN 'code 30000' ELSE 'free' END"
              + " WHERE id IN (5, 7, 59000, 20, 30000)");
      sides.newPass("second");
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(59_999, 0, 5, 59_994, 1));
      sides.assertEqual("id, code");
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWaitsInVainIsRefusedAtTheEnd(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(SyncMode.DIFF, Deletes.IGNORE, 0), 60_000)) {
      sides.atTarget("INSERT INTO item VALUES (70000, 'of nobody', '2020-01-01')");
      sides.atSource(
          "UPDATE item SET code = CASE id WHEN 5 THEN 'of nobody' ELSE 'later' END"
              + " WHERE id IN (5, 59000)");
      for (String pass : List.of("second", "third")) {
        sides.newPass(pass);
        assertThatThrownBy(sides::copy)
            .isInstanceOfSatisfying(
                SyncException.class,
                e -> {
                  assertThat(e.code()).isEqualTo(ErrorCode.KEY_NOT_UNIQUE);
                  assertThat(e).hasMessageContaining("id=5");
                });
      }
      assertThat(TwoSides.rows(sides.target, "SELECT code FROM item WHERE id = 59000"))
          .as("what comes behind it is not held up")
          .containsExactly("later");
    }
  }

  /** A value that a row has which nobody copies is no exchange; halves lead to it. */
  @ParameterizedTest
  @MethodSource("modes")
  void areWrittenBesideARowThatIsRefused(TestServer to, SyncMode mode) throws Exception {
    try (TwoSides sides = sides(to, spec(mode, Deletes.IGNORE, 10))) {
      sides.atTarget("INSERT INTO item VALUES (5000, 'of nobody', '2020-01-01')");
      sides.atSource(
          "UPDATE item SET code = CASE id WHEN 7 THEN 'code 8' WHEN 8 THEN 'code 7'"
              + " WHEN 899 THEN 'another' ELSE 'of nobody' END, changed = now()"
              + " WHERE id IN (7, 8, 899, 900)");
      sides.newPass("second");
      sides.copy();
      assertThat(sides.counts().deadLetters()).isEqualTo(1);
      assertThat(sides.counts().updated()).isEqualTo(3);
      assertThat(TwoSides.rows(sides.target, "SELECT row_key FROM tidemark_dead_letter"))
          .containsExactly("{\"id\":\"900\"}");
      assertThat(
              TwoSides.rows(
                  sides.target, "SELECT code FROM item WHERE id IN (7, 8, 900) ORDER BY id"))
          .containsExactly("code 8", "code 7", "code 900");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRowThatIsRefusedBesideThemIsTheOneThatIsNamed(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(SyncMode.DIFF, Deletes.IGNORE, 0))) {
      sides.atSource(
          "UPDATE item SET code = CASE id WHEN 7 THEN 'code 8' WHEN 8 THEN 'code 7'"
              + " ELSE repeat('x', 30) END WHERE id IN (7, 8, 900)");
      sides.newPass("second");
      assertThatThrownBy(sides::copy)
          .isInstanceOfSatisfying(
              SyncException.class,
              e -> {
                assertThat(e.code()).isNotEqualTo(ErrorCode.KEY_NOT_UNIQUE);
                assertThat(e).hasMessageContaining("id=900");
              });
    }
  }

  /** Alone, each of the two that exchange would be refused as well. */
  @ParameterizedTest
  @EnumSource
  void aRowThatTakesAValueOfNobodyIsTheOneThatIsNamed(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(SyncMode.DIFF, Deletes.IGNORE, 0))) {
      sides.atTarget("INSERT INTO item VALUES (5000, 'of nobody', '2020-01-01')");
      sides.atSource(
          "UPDATE item SET code = CASE id WHEN 7 THEN 'code 8' WHEN 8 THEN 'code 7'"
              + " ELSE 'of nobody' END WHERE id IN (7, 8, 900)");
      sides.newPass("second");
      assertNotUnique(sides, "Row id=900 of here.", "of nobody");
    }
  }

  /** Each alone would be taken, so the first one is. */
  @ParameterizedTest
  @EnumSource
  void theSecondIsNamedOfTwoThatTakeOneValue(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(SyncMode.DIFF, Deletes.IGNORE, 0))) {
      sides.atSource("UPDATE item SET code = 'of both' WHERE id IN (7, 900)");
      sides.newPass("second");
      assertNotUnique(sides, "Row id=900", "of both");
    }
  }

  private static void assertNotUnique(TwoSides sides, String row, String value) {
    assertThatThrownBy(sides::copy)
        .isInstanceOfSatisfying(
            SyncException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_NOT_UNIQUE))
        .hasMessageStartingWith(row)
        .hasMessageContaining(value);
  }

  @ParameterizedTest
  @EnumSource
  void theMarkOfADeletedRowGoesWithItsKey(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(SyncMode.DIFF, Deletes.SOFT, 0))) {
      sides.atSource(
          "CREATE TABLE kept AS SELECT * FROM item WHERE id IN (5, 6)",
          "DELETE FROM item WHERE id IN (5, 6)");
      sides.newPass("second");
      sides.copy();
      sides.atSource(
          "INSERT INTO item SELECT id, CASE id WHEN 5 THEN 'code 6' ELSE 'code 5' END, changed"
              + " FROM kept");
      sides.newPass("third");
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(ROWS, 0, 2, ROWS - 2, 0));
      sides.assertEqual("id, code");
      assertThat(TwoSides.rows(sides.target, "SELECT id FROM item WHERE gone_at IS NOT NULL"))
          .isEmpty();

      sides.atTarget("UPDATE item SET gone_at = changed WHERE id = 5");
      sides.spec = spec(SyncMode.FULL, Deletes.IGNORE, 0);
      sides.atSource("UPDATE item SET code = 'code ' || id WHERE id IN (5, 6)");
      sides.newPass("fourth");
      sides.copy();
      assertThat(sides.counts().updated()).isEqualTo(2);
      assertThat(TwoSides.rows(sides.target, "SELECT id FROM item WHERE gone_at IS NOT NULL"))
          .containsExactly("5");
    }
  }
}
