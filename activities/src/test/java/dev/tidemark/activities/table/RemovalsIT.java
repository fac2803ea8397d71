package dev.tidemark.activities.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RowSpec;
import dev.tidemark.workflows.table.SyncMode;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that the source has no more, and to which others still refer. */
class RemovalsIT {

  private static final ModeSpec MODE = new ModeSpec(SyncMode.DIFF, null, Deletes.HARD, null);

  /** A tree: each item hangs on that of half its number. */
  private static TwoSides tree(TestServer to, String constraint) throws Exception {
    TwoSides sides =
        new TwoSides(TestServer.POSTGRESQL, to, TwoSides.spec(0, 4, MODE, RowSpec.ALL));
    sides.atSource(
        "CREATE TABLE item (id int PRIMARY KEY, parent int, note varchar(9) NOT NULL)",
        "INSERT INTO item SELECT i, nullif(i / 2, 0), 'old' FROM generate_series(1, 2000) i");
    sides.atTarget(
        "CREATE TABLE item (id int PRIMARY KEY, parent int, note varchar(9) NOT NULL,"
            + " FOREIGN KEY (parent) REFERENCES item (id) "
            + constraint
            + ")");
    sides.copy();
    sides.assertEqual("id, parent, note");
    return sides;
  }

  private static Stream<Arguments> constraints() {
    return Stream.concat(
        Stream.of(TestServer.values()).map(server -> Arguments.of(server, "")),
        Stream.of(Arguments.of(TestServer.POSTGRESQL, "DEFERRABLE INITIALLY DEFERRED")));
  }

  @ParameterizedTest
  @MethodSource("constraints")
  void rowsOfOneTableGoThoughOthersOfItReferToThem(TestServer to, String constraint)
      throws Exception {
    try (TwoSides sides = tree(to, constraint)) {
      sides.atSource(
          "WITH RECURSIVE gone (id) AS (SELECT 5 UNION ALL SELECT i.id FROM item i JOIN gone g"
              + " ON i.parent = g.id) DELETE FROM item WHERE id IN (SELECT id FROM gone)",
          "INSERT INTO item VALUES (3001, 1999, 'new')");
      sides.newPass("second");
      sides.copy();
      sides.assertEqual("id, parent, note");
      assertThat(sides.counts().deleted())
          .isEqualTo(IntStream.rangeClosed(1, 2000).filter(RemovalsIT::hangsOnFive).count());
    }
  }

  /** Each refused statement would cost one more round, where the first of its rows is refused. */
  @ParameterizedTest
  @EnumSource(names = {"MARIADB", "MYSQL"})
  void aChainGoesFromItsEnd(TestServer to) throws Exception {
    try (TwoSides sides =
        new TwoSides(TestServer.POSTGRESQL, to, TwoSides.spec(0, 1, MODE, RowSpec.ALL))) {
      sides.atSource(
          "CREATE TABLE item (id int PRIMARY KEY, parent int)",
          "INSERT INTO item SELECT i, nullif(i - 1, 0) FROM generate_series(1, 300) i",
          "INSERT INTO item VALUES (1000, NULL)");
      sides.atTarget(
          "CREATE TABLE item (id int PRIMARY KEY, parent int,"
              + " FOREIGN KEY (parent) REFERENCES item (id))",
          // Its numbers are used up by what is rolled back too.
          "CREATE TABLE attempt (n int AUTO_INCREMENT PRIMARY KEY, id int)",
          "CREATE TRIGGER counting BEFORE DELETE ON item FOR EACH ROW"
              + " INSERT INTO attempt (id) VALUES (old.id)");
      sides.copy();
      sides.atSource("DELETE FROM item WHERE id <= 300");
      sides.newPass("second");
      sides.copy();
      sides.assertEqual("id, parent");
      sides.atTarget("INSERT INTO attempt (id) VALUES (0)");
      assertThat(TwoSides.rows(sides.target, "SELECT max(n) FROM attempt")).containsExactly("301");
    }
  }

  /** A worker that is shut down leaves rounds that are to come to the next attempt. */
  @ParameterizedTest
  @EnumSource
  void aPassStopsBetweenTwoRounds(TestServer to) throws Exception {
    try (TwoSides sides = tree(to, "")) {
      sides.atTarget(
          "CREATE TABLE line (id int PRIMARY KEY, item int NOT NULL,"
              + " FOREIGN KEY (item) REFERENCES item (id))",
          "INSERT INTO line VALUES (1, 1500)");
      sides.atSource(
          "DELETE FROM item WHERE id = 1500", "INSERT INTO item VALUES (3001, 1, 'new')");
      sides.newPass("second");
      AtomicInteger asked = new AtomicInteger();
      // Once behind the last range, which has the new row, and then in front of a round.
      assertThat(sides.copy(() -> sides.counts().inserted() == 1 && asked.incrementAndGet() > 1))
          .isFalse();
      assertThat(asked).hasValueGreaterThan(1);
      sides.atTarget("DELETE FROM line");
      sides.copy();
      sides.assertEqual("id, parent, note");
    }
  }

  private static boolean hangsOnFive(int id) {
    int above = id;
    while (above > 5) {
      above /= 2;
    }
    return above == 5;
  }

  /** A pass that goes on finds again what it could not remove, as one does whose worker died. */
  @ParameterizedTest
  @MethodSource("constraints")
  void whatIsNewIsThereBeforeThePassFailsForWhatRefusesToGo(TestServer to, String constraint)
      throws Exception {
    try (TwoSides sides = tree(to, "")) {
      sides.atTarget(
          "CREATE TABLE line (id int PRIMARY KEY, item int NOT NULL,"
              + " FOREIGN KEY (item) REFERENCES item (id) "
              + constraint
              + ")",
          "INSERT INTO line VALUES (1, 1500), (2, 1600)");
      sides.atSource(
          "DELETE FROM item WHERE id IN (1500, 1600, 1700)",
          "UPDATE item SET note = 'changed' WHERE id IN (1, 1800)",
          "INSERT INTO item VALUES (3001, 1999, 'new')");
      sides.newPass("second");
      assertThatThrownBy(sides::copy)
          .satisfies(
              e -> assertThat(Failures.classify(e)).isEqualTo(ErrorCode.CONSTRAINT_VIOLATED));
      assertThat(
              TwoSides.rows(
                  sides.target,
                  "SELECT concat(id, note) FROM item WHERE note <> 'old'"
                      + " OR id IN (1500, 1600, 1700) ORDER BY id"))
          .containsExactly("1changed", "1500old", "1600old", "1800changed", "3001new");

      sides.atTarget("DELETE FROM line");
      sides.copy();
      sides.assertEqual("id, parent, note");
    }
  }
}
