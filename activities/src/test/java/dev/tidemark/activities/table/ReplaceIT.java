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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables that are loaded out of sight, and then take the place of the old ones. */
class ReplaceIT {

  private static TableSpec spec(Map<String, String> constants) {
    return TwoSides.spec(
        constants, 100, 2, new ModeSpec(SyncMode.REPLACE, null, Deletes.HARD, null), RowSpec.ALL);
  }

  private static TwoSides sides(TestServer to, TableSpec spec) {
    TwoSides sides = new TwoSides(TestServer.POSTGRESQL, to, spec);
    sides.atSource(
        "CREATE TABLE item (id int PRIMARY KEY, note text)",
        "INSERT INTO item SELECT i, 'note ' || i FROM generate_series(1, 1000) i");
    return sides;
  }

  @ParameterizedTest
  @EnumSource
  void takesThePlaceOfWhatWasThereAtOnce(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(Map.of()))) {
      sides.copy();
      sides.atSource(
          "DELETE FROM item WHERE id <= 300", "UPDATE item SET note = 'new' WHERE id = 500");
      sides.newPass("second");
      assertThat(sides.copy(() -> sides.counts().read() >= 300)).isFalse();
      assertThat(TwoSides.rows(sides.target, "SELECT count(*) FROM item"))
          .as("what people see meanwhile")
          .containsExactly("1000");
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(700, 700, 0, 0));
      sides.assertEqual("id, note");
      assertThat(sides.shadows()).isEmpty();
      sides.copy();
      assertThat(sides.shadows()).as("finished already").isEmpty();
      sides.assertEqual("id, note");
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsWhatHangsOnTheTable(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(Map.of()))) {
      sides.copy();
      sides.atTarget(
          "CREATE VIEW seen AS SELECT id, note FROM item",
          "CREATE TABLE part (item int REFERENCES item (id))"
              .replace(
                  to == TestServer.POSTGRESQL ? "\0" : "(item int REFERENCES",
                  "(item int, FOREIGN KEY (item) REFERENCES"));
      sides.atSource("DELETE FROM item WHERE id > 400");
      sides.newPass("second");
      sides.copy();
      sides.assertEqual("id, note");
      assertThat(TwoSides.rows(sides.target, "SELECT count(*) FROM seen")).containsExactly("400");
      assertThatThrownBy(() -> sides.atTarget("INSERT INTO part VALUES (999)"))
          .as("the foreign key still holds")
          .isNotNull();
      assertThat(sides.shadows()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesATableAloneWhoseDeletesOthersWouldFollow(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(Map.of()))) {
      sides.copy();
      sides.atTarget(
          "CREATE TABLE part (item int, FOREIGN KEY (item) REFERENCES item (id) ON DELETE CASCADE)",
          "INSERT INTO part VALUES (1), (2)");
      sides.newPass("second");
      assertThatThrownBy(sides::copy)
          .isInstanceOfSatisfying(
              SyncException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DELETES_CASCADE))
          .hasMessageContaining("part");
      assertThat(TwoSides.rows(sides.target, "SELECT count(*) FROM part")).containsExactly("2");
      sides.assertEqual("id, note");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyTableThatTookItsPlaceWithoutSayingSoIsReplacedOnceMore(TestServer to)
      throws Exception {
    try (TwoSides sides = sides(to, spec(Map.of()))) {
      sides.atSource("DELETE FROM item");
      sides.copy();
      sides.atTarget("UPDATE tidemark_slice SET finished = 0");
      sides.copy();
      assertThat(sides.shadows()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesTheRowsOfOtherSlices(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(Map.of("branch", "lmp")))) {
      sides.copy();
      sides.atTarget("INSERT INTO item (branch, id, note) VALUES ('sby', 1, 'of another')");
      sides.atSource("DELETE FROM item WHERE id > 10");
      sides.newPass("second");
      sides.copy();
      assertThat(TwoSides.rows(sides.target, "SELECT count(*) FROM item WHERE branch = 'lmp'"))
          .containsExactly("10");
      assertThat(TwoSides.rows(sides.target, "SELECT note FROM item WHERE branch = 'sby'"))
          .containsExactly("of another");
    }
  }

  @ParameterizedTest
  @EnumSource
  void copiesATableWithoutAKey(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(Map.of()))) {
      sides.atSource(
          "ALTER TABLE item DROP CONSTRAINT item_pkey",
          "ALTER TABLE item ALTER id DROP NOT NULL",
          "INSERT INTO item VALUES (1, 'note 1'), (1, 'note 1'), (NULL, NULL)");
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(1003, 1003, 0, 0));
      sides.assertEqual("id, note");
      sides.atSource("DELETE FROM item WHERE id = 1");
      sides.newPass("second");
      sides.copy();
      sides.assertEqual("id, note");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptedReplacementOfAnotherPassIsNoPartOfTheNext(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(Map.of()))) {
      assertThat(sides.copy(() -> sides.counts().read() >= 300)).isFalse();
      sides.atSource("DELETE FROM item WHERE id <= 100");
      sides.newPass("second");
      sides.copy();
      sides.assertEqual("id, note");
      assertThat(sides.shadows()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasLeftOfAnEarlierReplacementIsMadeAnewLikeTheTableIsNow(TestServer to)
      throws Exception {
    try (TwoSides sides = sides(to, spec(Map.of()))) {
      sides.copy();
      sides.newPass("second");
      assertThat(sides.copy(() -> sides.counts().read() >= 300)).isFalse();
      sides.atTarget("ALTER TABLE item ADD extra int", "CREATE INDEX item_extra ON item (extra)");
      sides.newPass("third");
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(1000, 1000, 0, 0));
      assertThat(TwoSides.rows(sides.target, "SELECT count(*) FROM item WHERE extra IS NULL"))
          .containsExactly("1000");
      assertThat(
              TwoSides.rows(
                  sides.target,
                  to == TestServer.POSTGRESQL
                      ? "SELECT 1 FROM pg_indexes WHERE tablename = 'item' AND indexdef LIKE '%(extra)'"
                      : "SELECT 1 FROM information_schema.statistics WHERE column_name = 'extra'"
                          + " AND table_name = 'item' AND table_schema = database()"))
          .hasSize(1);
      assertThat(sides.shadows()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPassThatBeganAsAReplacementStartsOverAsACopy(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, spec(Map.of()))) {
      sides.atTarget("CREATE TABLE item (id int PRIMARY KEY, note varchar(40))");
      sides.atTarget("INSERT INTO item VALUES (-1, 'was there')");
      assertThat(sides.copy(() -> sides.counts().read() >= 300)).isFalse();
      sides.spec = new TableSpec(null, List.of(), List.of(), List.of(), Map.of(), Map.of(), 100);
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(1000, 1000, 0, 0));
    }
  }
}
