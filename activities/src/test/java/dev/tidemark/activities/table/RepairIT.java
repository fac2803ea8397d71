package dev.tidemark.activities.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.RowSpec;
import dev.tidemark.workflows.table.SyncMode;
import dev.tidemark.workflows.table.TableSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables of other modes that are mended by a pass of mode diff. */
class RepairIT {

  private static final int ROWS = 5_000;

  private static TableSpec repair(TableSpec spec, Deletes deletes, @Nullable String column) {
    return spec.in(new ModeSpec(SyncMode.DIFF, null, deletes, column));
  }

  private static TwoSides sides(TestServer to, TableSpec spec) throws Exception {
    TwoSides sides = new TwoSides(TestServer.POSTGRESQL, to, spec);
    sides.atSource(
        "CREATE TABLE item (id int PRIMARY KEY, note text, secret text,"
            + " changed timestamp NOT NULL)",
        "INSERT INTO item SELECT i, 'note', 'secret ' || i, timestamp '2026-01-01' + i * interval"
            + (" '1 minute' FROM generate_series(1, " + ROWS + ") i"));
    sides.copy();
    return sides;
  }

  private static void damage(TwoSides sides) {
    sides.atTarget(
        "UPDATE item SET note = 'bent' WHERE id IN (5, 4000)",
        "DELETE FROM item WHERE id = 77",
        "INSERT INTO item (id, note, changed) VALUES (-1, 'x', '2026-01-01'), (-2, 'y', '2026-01-01')");
    sides.newPass("repair");
  }

  @ParameterizedTest
  @EnumSource
  void mendsATableOfModeFullAndTellsOfRowsThatStayTooMany(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, TableSpec.DEFAULT)) {
      damage(sides);
      sides.spec = repair(TableSpec.DEFAULT, Deletes.IGNORE, null);
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(ROWS, 1, 2, ROWS - 3, 0, 2));
      assertThat(TwoSides.rows(sides.target, "SELECT count(*) FROM item"))
          .containsExactly(String.valueOf(ROWS + 2));

      sides.newPass("hard");
      sides.spec = repair(TableSpec.DEFAULT, Deletes.HARD, null);
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(ROWS, 0, 0, ROWS, 2, 0));
      sides.assertEqual("id, note, secret");
    }
  }

  /** What is counted too many when a pass begins again is not counted twice. */
  @ParameterizedTest
  @EnumSource
  void countsWhatIsTooManyOnceHoweverOftenItIsStopped(TestServer to) throws Exception {
    try (TwoSides sides = sides(to, TableSpec.DEFAULT)) {
      damage(sides);
      sides.atTarget(
          "INSERT INTO item (id, note, changed) SELECT id + 100000, note, changed FROM item"
              + " WHERE id % 10 = 3");
      sides.spec = repair(TableSpec.DEFAULT, Deletes.IGNORE, null);
      int attempts = 0;
      long[] asked = new long[1];
      while (!sides.copy(() -> ++asked[0] % 3 == 0) && attempts < 100) {
        attempts++;
      }
      assertThat(sides.counts().extra()).isEqualTo(2 + ROWS / 10);
      assertThat(sides.counts().inserted()).isEqualTo(1);
      assertThat(sides.counts().updated()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void comparesAndWritesThroughFilterAndMask(TestServer to) throws Exception {
    TableSpec spec =
        new TableSpec(
            null,
            List.of(),
            List.of(),
            List.of(),
            Map.of("note", "remark"),
            Map.of("branch", "lmp"),
            0,
            1,
            ModeSpec.FULL,
            new RowSpec("id % 2 = 0", Map.of("secret", "hash")));
    try (TwoSides sides = sides(to, spec)) {
      List<String> before =
          TwoSides.rows(sides.target, "SELECT id, remark, secret FROM item ORDER BY id");
      assertThat(before).hasSize(ROWS / 2).noneMatch(row -> row.contains("secret "));
      sides.atTarget(
          "UPDATE item SET secret = 'bent' WHERE id = 8",
          "UPDATE item SET remark = 'bent' WHERE id = 10",
          "DELETE FROM item WHERE id = 4000",
          "INSERT INTO item (branch, id, remark, changed) SELECT 'sby', id, 'theirs', changed"
              + " FROM item WHERE id = 12",
          "INSERT INTO item (branch, id, remark, changed) SELECT 'lmp', 7, 'of no filter', changed"
              + " FROM item WHERE id = 12 AND branch = 'lmp'");
      sides.newPass("repair");
      sides.spec = repair(spec, Deletes.HARD, null);
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(ROWS / 2, 1, 2, ROWS / 2 - 3, 1, 0));
      assertThat(
              TwoSides.rows(
                  sides.target,
                  "SELECT id, remark, secret FROM item WHERE branch = 'lmp' ORDER BY id"))
          .isEqualTo(before);
      assertThat(TwoSides.rows(sides.target, "SELECT remark FROM item WHERE branch = 'sby'"))
          .containsExactly("theirs");
    }
  }

  /** The next pass by the change column need not read everything again. */
  @ParameterizedTest
  @EnumSource
  void keepsTheWatermarkOfAnIncrementalTableUnlessItDeletes(TestServer to) throws Exception {
    TableSpec spec =
        TableSpec.DEFAULT.in(new ModeSpec(SyncMode.INCREMENTAL, "changed", Deletes.IGNORE, null));
    try (TwoSides sides = sides(to, spec)) {
      damage(sides);
      sides.spec = repair(spec, Deletes.IGNORE, null);
      sides.copy();
      assertThat(sides.counts().updated()).isEqualTo(2);
      sides.newPass("third");
      sides.spec = spec;
      sides.copy();
      assertThat(sides.counts().read()).as("those of the last seconds").isLessThan(5);

      sides.newPass("hard");
      sides.spec = repair(spec, Deletes.HARD, null);
      sides.copy();
      sides.newPass("fifth");
      sides.spec = spec;
      sides.copy();
      assertThat(sides.counts().read()).isEqualTo(ROWS);
    }
  }

  /** Marks of earlier passes stay, and go where the source has the row again. */
  @ParameterizedTest
  @EnumSource
  void readsTheMarksOfSoftDeletesWhateverItDoesWithDeletes(TestServer to) throws Exception {
    TableSpec soft =
        TableSpec.DEFAULT.in(new ModeSpec(SyncMode.DIFF, null, Deletes.SOFT, "gone_at"));
    for (Deletes deletes : List.of(Deletes.IGNORE, Deletes.HARD)) {
      try (TwoSides sides = sides(to, soft)) {
        sides.atSource(
            "CREATE TABLE kept AS SELECT * FROM item WHERE id = 4",
            "DELETE FROM item WHERE id IN (3, 4)");
        sides.newPass("marked");
        sides.copy();
        sides.atSource("INSERT INTO item SELECT * FROM kept", "DELETE FROM item WHERE id = 5");
        sides.newPass("repair");
        sides.spec = repair(soft, deletes, "gone_at");
        sides.copy();
        assertThat(TwoSides.rows(sides.target, "SELECT id FROM item WHERE gone_at IS NOT NULL"))
            .containsExactly("3");
        boolean hard = deletes == Deletes.HARD;
        assertThat(sides.counts().extra()).isEqualTo(hard ? 0 : 1);
        assertThat(sides.counts().deleted()).isEqualTo(hard ? 1 : 0);
        assertThat(TwoSides.rows(sides.target, "SELECT id FROM item WHERE id = 5"))
            .hasSize(hard ? 0 : 1);
      }
    }
  }
}
