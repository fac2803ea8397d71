package dev.tidemark.activities.letter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.activities.table.StopSignal;
import dev.tidemark.activities.table.TwoSides;
import dev.tidemark.activities.verification.VerificationActivitiesImpl;
import dev.tidemark.connect.letter.DeadLetter;
import dev.tidemark.connect.letter.LetterBox;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.letter.LetterResult;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.RowSpec;
import dev.tidemark.workflows.table.SyncMode;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.TableTask;
import dev.tidemark.workflows.table.WhenBusy;
import dev.tidemark.workflows.verification.DifferingKey;
import dev.tidemark.workflows.verification.Findings;
import dev.tidemark.workflows.verification.KeyLetter;
import dev.tidemark.workflows.verification.VerificationActivities;
import dev.tidemark.workflows.verification.VerificationTask;
import io.temporal.testing.TestActivityEnvironment;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What comparisons and repairs say of rows that differ for a letter's sake. */
class LetteredRowsIT {

  private static final ModeSpec REPAIR = new ModeSpec(SyncMode.DIFF, null, Deletes.IGNORE, null);

  /**
   * Of a thousand rows four are refused: one is edited, one discarded, and two letters stay open;
   * another row was changed in the target by somebody.
   */
  private static TwoSides sides(TestServer to) throws Exception {
    TwoSides sides =
        new TwoSides(
            TestServer.POSTGRESQL,
            to,
            TwoSides.spec(100, 1, ModeSpec.FULL, new RowSpec(null, Map.of(), 10)));
    sides.atSource(
        "CREATE TABLE item (id int PRIMARY KEY, note text)",
        "INSERT INTO item SELECT i, 'note ' || i FROM generate_series(1, 1000) i",
        "UPDATE item SET note = 'a note that is too long' WHERE id BETWEEN 17 AND 20");
    sides.atTarget("CREATE TABLE item (id int PRIMARY KEY, note varchar(10))");
    sides.copy();
    List<DeadLetter> letters = RetryLettersIT.letters(sides);
    assertThat(letters).extracting(DeadLetter::key).contains(List.of("17"), List.of("20"));
    RetryLettersIT.edit(sides, letters.get(0).id(), Map.of("note", "kurz"));
    assertThat(RetryLettersIT.retry(sides, RetryLettersIT.ALONE, letters.get(0).id()))
        .isEqualTo(new LetterResult(1, 0, 0, null));
    try (Connection session = sides.connections.open("there")) {
      assertThat(new LetterBox(sides.target).discard(session, letters.get(1).id())).isTrue();
    }
    sides.atTarget("UPDATE item SET note = 'bent' WHERE id = 30");
    return sides;
  }

  private static Findings verify(TwoSides sides) {
    TableSpec spec = sides.spec;
    TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
    try {
      environment.registerActivitiesImplementations(
          new VerificationActivitiesImpl(sides.connections, new StopSignal()));
      TableTask table =
          new TableTask(
              new TableId("here", sides.source.schema(), "item"),
              "there",
              "item",
              spec,
              RetrySpec.DEFAULT,
              WhenBusy.WAIT,
              true,
              1000,
              1);
      return environment
          .newActivityStub(VerificationActivities.class)
          .verifyTable(new VerificationTask(table, 10));
    } finally {
      environment.close();
    }
  }

  private static DifferingKey key(
      TwoSides sides, int id, String kind, List<String> columns, String state) throws Exception {
    DeadLetter letter =
        RetryLettersIT.letters(sides).stream()
            .filter(one -> one.key().equals(List.of(String.valueOf(id))))
            .findFirst()
            .orElseThrow();
    return new DifferingKey(
        List.of(String.valueOf(id)), kind, columns, new KeyLetter(letter.id(), state));
  }

  @ParameterizedTest
  @EnumSource
  void aVerificationTellsOpenLettersAndDecisionsFromOtherDifferences(TestServer to)
      throws Exception {
    try (TwoSides sides = sides(to)) {
      Findings findings = verify(sides);
      assertThat(findings.first())
          .containsExactlyInAnyOrder(
              key(sides, 17, "different", List.of("note"), "edited"),
              key(sides, 18, "missing", List.of(), "discarded"),
              key(sides, 19, "missing", List.of(), "open"),
              key(sides, 20, "missing", List.of(), "open"),
              new DifferingKey(List.of("30"), "different", List.of("note")));
      assertThat(findings)
          .isEqualTo(new Findings(1000, 997, 2, 0, 1, findings.first(), 2, 2, false));
      assertThat(findings.mendable()).isTrue();

      sides.atTarget("UPDATE item SET note = 'note 30' WHERE id = 30");
      assertThat(verify(sides).mendable()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRepairSaysWhatDiffersAndStays(TestServer to) throws Exception {
    try (TwoSides sides = sides(to)) {
      sides.spec = sides.spec.in(REPAIR);
      sides.newPass("repair");
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(1000, 0, 1, 997, 0, 0, 2, 2));
      Findings findings = verify(sides);
      assertThat(findings.differing()).isEqualTo(2).isEqualTo(findings.inLetters());
      assertThat(findings.decided()).isEqualTo(2);
      assertThat(TwoSides.rows(sides.target, "SELECT note FROM item WHERE id = 17"))
          .containsExactly("kurz");
    }
  }

  /** The source has another row now, about which nobody has decided. */
  @ParameterizedTest
  @EnumSource
  void aDecisionIsOverWhenTheSourceChangesTheRow(TestServer to) throws Exception {
    try (TwoSides sides = sides(to)) {
      sides.atSource("UPDATE item SET note = 'new' WHERE id IN (17, 18)");
      Findings findings = verify(sides);
      assertThat(findings.decided()).isZero();
      assertThat(findings.inLetters()).isEqualTo(2);
      assertThat(findings.first())
          .contains(
              new DifferingKey(List.of("17"), "different", List.of("note")),
              new DifferingKey(List.of("18"), "missing", List.of()));
      sides.spec = sides.spec.in(REPAIR);
      sides.newPass("repair");
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(1000, 1, 2, 995, 0, 0, 2, 0));
      assertThat(verify(sides).differing()).isEqualTo(2);
    }
  }

  /** It has left the row behind, as it was decided. */
  @ParameterizedTest
  @EnumSource
  void aPassThatGoesOnLeavesDecisionsToTheNextOne(TestServer to) throws Exception {
    try (TwoSides sides = sides(to)) {
      sides.newPass("second");
      assertThat(sides.copy(() -> sides.counts().read() > 150)).isFalse();
      sides.atSource("UPDATE item SET note = 'new' WHERE id = 17");
      sides.copy();
      assertThat(edits(sides)).isEqualTo(Map.of("note", "kurz"));
      assertThat(verify(sides).first())
          .contains(new DifferingKey(List.of("17"), "different", List.of("note")));

      sides.newPass("third");
      sides.copy();
      assertThat(edits(sides)).isEmpty();
      assertThat(TwoSides.rows(sides.target, "SELECT note FROM item WHERE id = 17"))
          .containsExactly("new");
    }
  }

  private static Map<String, ?> edits(TwoSides sides) throws Exception {
    return RetryLettersIT.letters(sides).getFirst().edits();
  }

  /** Nobody's sync looks after them. */
  @ParameterizedTest
  @EnumSource
  void withoutDeadLettersNoDecisionHolds(TestServer to) throws Exception {
    try (TwoSides sides = sides(to)) {
      TableSpec spec = sides.spec;
      sides.spec = TwoSides.spec(100, 1, spec.mode(), RowSpec.ALL);
      Findings findings = verify(sides);
      assertThat(findings)
          .isEqualTo(new Findings(1000, 997, 3, 0, 2, findings.first(), 2, 0, false));
    }
  }
}
