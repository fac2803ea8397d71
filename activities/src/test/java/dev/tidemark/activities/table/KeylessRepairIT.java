package dev.tidemark.activities.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.Keyless;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.RowSpec;
import dev.tidemark.workflows.table.SyncMode;
import dev.tidemark.workflows.table.TableSpec;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Repairs of tables whose rows have no key. */
class KeylessRepairIT {

  private static final ModeSpec REPLACE = new ModeSpec(SyncMode.REPLACE, null, Deletes.HARD, null);

  private static final TableSpec LMP =
      TwoSides.spec(Map.of("branch", "lmp"), 0, 1, REPLACE, RowSpec.ALL);

  private static TableSpec repair(Keyless keyless) {
    return LMP.in(new ModeSpec(SyncMode.DIFF, null, Deletes.IGNORE, null).withKeyless(keyless));
  }

  private static TwoSides synced(TestServer to) throws Exception {
    TwoSides sides = new TwoSides(TestServer.POSTGRESQL, to, LMP);
    sides.atSource(
        "CREATE TABLE item (body text, n int)",
        "INSERT INTO item SELECT 'row ' || i % 900, i % 900 FROM generate_series(1, 3000) i",
        "INSERT INTO item VALUES (NULL, NULL), (NULL, NULL)");
    sides.copy();
    sides.atTarget("INSERT INTO item (branch, body, n) VALUES ('sby', 'theirs', 1)");
    sides.newPass("repair");
    return sides;
  }

  private static void damage(TwoSides sides) {
    sides.atTarget(
        "DELETE FROM item WHERE body IS NULL",
        "INSERT INTO item (branch, body, n) VALUES ('lmp', 'ours', 7)");
  }

  private static List<String> target(TwoSides sides) throws Exception {
    return TwoSides.rows(
        sides.target, "SELECT body, n FROM item WHERE branch = 'lmp' ORDER BY body, n");
  }

  private static void assertEqual(TwoSides sides) throws Exception {
    assertThat(target(sides))
        .containsExactlyInAnyOrderElementsOf(
            TwoSides.rows(sides.source, "SELECT body, n FROM item"));
    assertThat(TwoSides.rows(sides.target, "SELECT body FROM item WHERE branch = 'sby'"))
        .containsExactly("theirs");
  }

  @ParameterizedTest
  @EnumSource
  void anEqualTableIsComparedAndNotWritten(TestServer to) throws Exception {
    try (TwoSides sides = synced(to)) {
      for (Keyless keyless : List.of(Keyless.COMPARED, Keyless.REPLACED)) {
        sides.spec = repair(keyless);
        sides.copy();
        assertThat(sides.counts()).isEqualTo(new RowCounts(3002, 0, 0, 3002));
        assertThat(sides.report.remarks()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTableThatDiffersIsReplacedAsAWhole(TestServer to) throws Exception {
    try (TwoSides sides = synced(to)) {
      damage(sides);
      sides.spec = repair(Keyless.REPLACED);
      sides.copy();
      assertEqual(sides);
      assertThat(sides.counts().inserted()).isEqualTo(3002);
      assertThat(sides.report.remarks())
          .containsExactly("it has no key, and differed: it was replaced as a whole");

      sides.newPass("repair again");
      sides.copy();
      assertThat(sides.counts()).as("equal now").isEqualTo(new RowCounts(3002, 0, 0, 3002));
    }
  }

  /** As many rows on both sides, and a checksum that tells of one that was changed. */
  @ParameterizedTest
  @EnumSource
  void oneRowThatWasChangedIsFound(TestServer to) throws Exception {
    try (TwoSides sides = synced(to)) {
      sides.atTarget("UPDATE item SET n = 5000 WHERE branch = 'lmp' AND n IS NULL");
      sides.spec = repair(Keyless.REPLACED);
      sides.copy();
      assertEqual(sides);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTableThatIsMissingIsMade(TestServer to) throws Exception {
    try (TwoSides sides = synced(to)) {
      sides.atTarget("DROP TABLE item");
      sides.spec = repair(Keyless.REPLACED);
      sides.copy();
      assertThat(target(sides)).hasSize(3002);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTableThatMayNotBeReplacedFailsOnlyWhenItDiffers(TestServer to) throws Exception {
    try (TwoSides sides = synced(to)) {
      damage(sides);
      List<String> before = target(sides);
      sides.spec = repair(Keyless.COMPARED);
      assertThatThrownBy(sides::copy)
          .isInstanceOfSatisfying(
              SyncException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.NO_KEY);
                assertThat(e.remedy()).contains("mode: replace").contains("--deletes");
              })
          .hasMessageContaining("3,002 rows in the source, 3,001 in the target");
      assertThat(target(sides)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isStoppedBetweenComparingAndTheEnd(TestServer to) throws Exception {
    try (TwoSides sides = synced(to)) {
      damage(sides);
      sides.spec = repair(Keyless.REPLACED);
      AtomicInteger asked = new AtomicInteger();
      int attempts = 0;
      while (!sides.copy(() -> asked.incrementAndGet() % 3 == 0)) {
        attempts++;
        assertThat(attempts).isLessThan(50);
      }
      assertEqual(sides);
    }
  }

  /** Both sides may have become equal since the attempt before, by whatever way. */
  @ParameterizedTest
  @EnumSource
  void whatOneAttemptBeganTheNextOneEnds(TestServer to) throws Exception {
    try (TwoSides sides = synced(to)) {
      damage(sides);
      sides.spec = repair(Keyless.REPLACED);
      assertThat(sides.copy(() -> hasShadow(sides))).isFalse();
      sides.atTarget(
          "DELETE FROM item WHERE body = 'ours'",
          "INSERT INTO item (branch, body, n) VALUES ('lmp', NULL, NULL), ('lmp', NULL, NULL)");

      sides.copy();

      assertEqual(sides);
      assertThat(sides.shadows()).isEmpty();
      assertThat(
              TwoSides.rows(
                  sides.target, "SELECT finished FROM tidemark_slice WHERE pass = 'repair'"))
          .containsExactly("1");
    }
  }

  private static boolean hasShadow(TwoSides sides) {
    try {
      return !sides.shadows().isEmpty();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
