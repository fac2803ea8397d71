package dev.tidemark.activities.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.activities.table.TwoSides;
import dev.tidemark.connect.checkpoint.Owner;
import dev.tidemark.connect.checkpoint.OwnerLookup;
import dev.tidemark.connect.checkpoint.OwnerState;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.letter.DeadLetter;
import dev.tidemark.connect.letter.LetterBox;
import dev.tidemark.connect.letter.LetterPage;
import dev.tidemark.connect.letter.LetterState;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.letter.LetterResult;
import dev.tidemark.workflows.letter.LetterTask;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.RowSpec;
import dev.tidemark.workflows.table.ShapeSpec;
import dev.tidemark.workflows.table.SyncMode;
import dev.tidemark.workflows.table.TableSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Dead letters that are tried again. */
class RetryLettersIT {

  private static final Owner OWNER = new Owner("namespace", "letters:there:item", "retry");

  /** All runs but that of the retry have ended. */
  static final OwnerLookup ALONE =
      owner -> owner.equals(OWNER) ? OwnerState.RUNNING : OwnerState.CLOSED;

  private static TableSpec spec(
      List<String> exclude, Map<String, String> rename, Map<String, String> mask) {
    return new TableSpec(
        null,
        List.of(),
        List.of(),
        exclude,
        rename,
        Map.of("branch", "lmp"),
        100,
        1,
        ModeSpec.FULL,
        new RowSpec(null, mask, 10));
  }

  private static TwoSides sides(TestServer to) {
    TwoSides sides =
        new TwoSides(
            TestServer.POSTGRESQL, to, spec(List.of(), Map.of(), Map.of("secret", "redact")));
    sides.atSource(
        "CREATE TABLE item (id int PRIMARY KEY, note text, n int, secret text)",
        "INSERT INTO item SELECT i, 'note ' || i, i, 'secret' FROM generate_series(1, 1000) i",
        "UPDATE item SET note = 'a note that is too long' WHERE id IN (5, 500)",
        "UPDATE item SET n = -1 WHERE id = 501");
    sides.atTarget(
        "CREATE TABLE item (branch varchar(3), id int, note varchar(10), n int CHECK (n > 0),"
            + " secret varchar(64), PRIMARY KEY (branch, id))");
    return sides;
  }

  static LetterResult retry(TwoSides sides, OwnerLookup owners, String... ids) throws Exception {
    LetterCounts counts = new LetterCounts(LetterResult.NONE);
    LetterTask task = new LetterTask("there", "item", List.of(ids), 1);
    assertThat(new TableRetry(sides.connections, owners, task, counts, () -> false).run(OWNER, 1))
        .isTrue();
    return counts.result();
  }

  static List<DeadLetter> letters(TwoSides sides) throws SQLException {
    try (Connection session = sides.connections.open("there")) {
      return new LetterBox(sides.target)
          .page(session, null, null, null, 100).letters().stream()
              .sorted((one, two) -> key(one).compareTo(key(two)))
              .toList();
    }
  }

  private static String key(DeadLetter letter) {
    return letter.key().getFirst();
  }

  private static List<String> states(TwoSides sides) throws SQLException {
    return letters(sides).stream()
        .map(letter -> key(letter) + " " + letter.state().word() + " " + letter.attempts())
        .toList();
  }

  static void edit(TwoSides sides, String id, Map<String, ? extends @Nullable String> values)
      throws SQLException {
    try (Connection session = sides.connections.open("there")) {
      assertThat(new LetterBox(sides.target).edit(session, id, values)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void rowsThatTheAlteredTargetTakesAreWrittenAndOthersStay(TestServer to) throws Exception {
    try (TwoSides sides = sides(to)) {
      sides.copy();
      assertThat(states(sides)).containsExactly("5 open 1", "500 open 1", "501 open 1");
      sides.atTarget(
          to == TestServer.POSTGRESQL
              ? "ALTER TABLE item ALTER note TYPE varchar(50)"
              : "ALTER TABLE item MODIFY note varchar(50)");
      assertThat(retry(sides, ALONE)).isEqualTo(new LetterResult(2, 0, 1, null));
      assertThat(states(sides)).containsExactly("5 resolved 1", "500 resolved 1", "501 open 2");
      assertThat(
              TwoSides.rows(
                  sides.target,
                  "SELECT branch, id, note, n, secret FROM item WHERE id IN (5, 501)"))
          .containsExactly("lmp|5|a note that is too long|5|***");
      assertThat(retry(sides, ALONE)).isEqualTo(new LetterResult(0, 0, 1, null));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRetryLosesWhatTheBatchMayLose(TestServer to) throws Exception {
    TableSpec spec =
        TwoSides.spec(
            100,
            1,
            ModeSpec.FULL,
            new RowSpec(null, Map.of(), 10),
            new ShapeSpec(false, true, Map.of()));
    try (TwoSides sides = new TwoSides(TestServer.POSTGRESQL, to, spec)) {
      sides.atSource(
          "CREATE TABLE item (id int PRIMARY KEY, note text, price numeric(12,4))",
          "INSERT INTO item VALUES (1, 'one', 1.2345), (2, 'far too long for it', 2.2345)");
      sides.atTarget(
          "CREATE TABLE item (id int PRIMARY KEY, note varchar(10), price numeric(6,2))");
      sides.copy();
      assertThat(states(sides)).containsExactly("2 open 1");
      edit(sides, letters(sides).getFirst().id(), Map.of("note", "two"));

      assertThat(retry(sides, ALONE)).isEqualTo(new LetterResult(1, 0, 0, null));

      assertThat(TwoSides.rows(sides.target, "SELECT id, note, price FROM item ORDER BY id"))
          .containsExactly("1|one|1.23", "2|two|2.23");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anUneditedLetterIsReadAnewFromItsSource(TestServer to) throws Exception {
    try (TwoSides sides = sides(to)) {
      sides.copy();
      sides.atSource(
          "UPDATE item SET note = 'mended' WHERE id = 5", "DELETE FROM item WHERE id = 500");
      assertThat(retry(sides, ALONE)).isEqualTo(new LetterResult(1, 1, 1, null));
      assertThat(states(sides)).containsExactly("5 resolved 1", "500 discarded 1", "501 open 2");
      assertThat(letters(sides).get(1).refusal().code()).isEqualTo("ROW_GONE");
      assertThat(TwoSides.rows(sides.target, "SELECT note FROM item WHERE id = 5"))
          .containsExactly("mended");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anEditedLetterWritesWhatAPersonDecidedAndTheNextPassLeavesItSo(TestServer to)
      throws Exception {
    try (TwoSides sides = sides(to)) {
      sides.copy();
      List<DeadLetter> letters = letters(sides);
      edit(sides, letters.get(0).id(), Map.of("note", "tab\t\\N\n"));
      edit(sides, letters.get(0).id(), Collections.singletonMap("n", null));
      edit(sides, letters.get(1).id(), Map.of("note", "still too long to be taken"));
      sides.atSource("UPDATE item SET note = 'x' WHERE id = 5");
      assertThat(retry(sides, ALONE, letters.get(0).id(), letters.get(1).id()))
          .isEqualTo(new LetterResult(1, 0, 1, null));
      assertThat(states(sides)).containsExactly("5 resolved 1", "500 open 2", "501 open 1");
      assertThat(TwoSides.rows(sides.target, "SELECT note, n, secret FROM item WHERE id = 5"))
          .containsExactly("tab\t\\N\n|null|***");
      assertThat(letters(sides).get(1).edits()).containsKey("note");

      edit(sides, letters.get(2).id(), Map.of("n", "1"));
      assertThat(retry(sides, ALONE, letters.get(2).id()))
          .isEqualTo(new LetterResult(1, 0, 0, null));
      sides.newPass("second");
      sides.copy();
      // 501 is in the source as it was when somebody decided; 500 is open as before.
      assertThat(states(sides)).containsExactly("5 resolved 1", "500 open 3", "501 resolved 1");
      assertThat(sides.counts().deadLetters()).isEqualTo(1);
      assertThat(sides.counts().decided()).isEqualTo(1);
      assertThat(TwoSides.rows(sides.target, "SELECT n FROM item WHERE id = 501"))
          .containsExactly("1");

      sides.atSource("UPDATE item SET n = -2 WHERE id = 501");
      sides.newPass("third");
      sides.copy();
      assertThat(states(sides)).containsExactly("5 resolved 1", "500 open 4", "501 open 2");
      // Nobody else has the edits, and they may fit the row as it is now.
      assertThat(letters(sides).getLast().edits()).isEqualTo(Map.of("n", "1"));
      assertThat(sides.counts().decided()).isZero();
      assertThat(retry(sides, ALONE, letters.get(2).id()))
          .isEqualTo(new LetterResult(1, 0, 0, null));
      sides.newPass("fourth");
      sides.copy();
      assertThat(states(sides)).containsExactly("5 resolved 1", "500 open 5", "501 resolved 2");
    }
  }

  /** The source has the same rows, of which other columns are copied or hidden now. */
  @ParameterizedTest
  @EnumSource
  void anotherMappingUndoesNoDecision(TestServer to) throws Exception {
    try (TwoSides sides = sides(to)) {
      sides.copy();
      List<DeadLetter> letters = letters(sides);
      edit(sides, letters.get(0).id(), Map.of("note", "kurz"));
      assertThat(retry(sides, ALONE, letters.get(0).id()))
          .isEqualTo(new LetterResult(1, 0, 0, null));
      try (Connection session = sides.connections.open("there")) {
        assertThat(new LetterBox(sides.target).discard(session, letters.get(1).id())).isTrue();
      }
      sides.atTarget("ALTER TABLE item ADD hidden varchar(64)");
      Map<String, String> redacted = Map.of("secret", "redact");
      for (TableSpec other :
          List.of(
              spec(List.of("secret"), Map.of(), Map.of()),
              spec(List.of(), Map.of("secret", "hidden"), redacted),
              spec(List.of(), Map.of(), Map.of("SECRET", "hash")),
              spec(List.of(), Map.of(), Map.of()))) {
        sides.spec = other;
        assertDecided(sides, other.toString());
      }
      sides.atSource("ALTER TABLE item ADD more int DEFAULT 7");
      sides.atTarget("ALTER TABLE item ADD more int");
      assertDecided(sides, "a column more");

      sides.spec = spec(List.of(), Map.of(), Map.of("secret", "hash"));
      sides.atSource("UPDATE item SET note = 'new' WHERE id IN (5, 500)");
      sides.newPass("changed");
      sides.copy();
      assertThat(notes(sides)).containsExactly("5|new", "500|new");
      assertThat(letters(sides).getFirst().edits()).isEmpty();
    }
  }

  private static void assertDecided(TwoSides sides, String how) throws Exception {
    sides.newPass("pass " + how.hashCode());
    sides.copy();
    assertThat(notes(sides)).as(how).containsExactly("5|kurz");
    assertThat(sides.counts().decided()).as(how).isEqualTo(2);
    assertThat(letters(sides).getFirst().edits()).as(how).isEqualTo(Map.of("note", "kurz"));
  }

  /** Whoever lets a table take more than before decides nothing about rows that were edited. */
  @ParameterizedTest
  @MethodSource("everyMode")
  void aWiderColumnUndoesNoDecisionUntilTheSourceChangesTheRow(ModeSpec mode, TestServer to)
      throws Exception {
    try (TwoSides sides = sides(to)) {
      boolean incremental = mode.mode() == SyncMode.INCREMENTAL;
      if (incremental) {
        sides.atSource(
            "ALTER TABLE item ADD changed timestamptz NOT NULL DEFAULT now() - interval '1 day'");
        sides.atTarget(
            "ALTER TABLE item ADD changed "
                + (to == TestServer.POSTGRESQL ? "timestamptz" : "datetime(6)"));
      }
      sides.spec = sides.spec.in(mode);
      sides.copy();
      List<DeadLetter> letters = letters(sides);
      edit(sides, letters.get(0).id(), Map.of("note", "kurz"));
      assertThat(retry(sides, ALONE, letters.get(0).id()))
          .isEqualTo(new LetterResult(1, 0, 0, null));
      try (Connection session = sides.connections.open("there")) {
        assertThat(new LetterBox(sides.target).discard(session, letters.get(1).id())).isTrue();
      }
      sides.atTarget(
          to == TestServer.POSTGRESQL
              ? "ALTER TABLE item ALTER note TYPE varchar(60)"
              : "ALTER TABLE item MODIFY note varchar(60)");
      sides.newPass("second");
      sides.copy();
      assertThat(notes(sides)).containsExactly("5|kurz");
      assertThat(states(sides)).containsExactly("5 resolved 1", "500 discarded 1", "501 open 2");
      assertThat(sides.counts().decided()).isEqualTo(2);
      assertThat(sides.counts().deadLetters()).isEqualTo(1);

      sides.atSource(
          "UPDATE item SET note = 'changed since, and long'"
              + (incremental ? ", changed = now()" : "")
              + " WHERE id IN (5, 500)");
      sides.newPass("third");
      sides.copy();
      assertThat(notes(sides))
          .containsExactly("5|changed since, and long", "500|changed since, and long");
      assertThat(sides.counts().decided()).isZero();
      assertThat(states(sides)).containsExactly("5 resolved 1", "500 resolved 1", "501 open 3");
      assertThat(letters(sides).getFirst().edits()).isEmpty();

      // What somebody decided then means nothing any more.
      sides.atSource(
          "UPDATE item SET note = 'a note that is too long'"
              + (incremental ? ", changed = now()" : "")
              + " WHERE id IN (5, 500)");
      sides.newPass("fourth");
      sides.copy();
      assertThat(notes(sides))
          .containsExactly("5|a note that is too long", "500|a note that is too long");
    }
  }

  private static List<String> notes(TwoSides sides) throws SQLException {
    return TwoSides.rows(
        sides.target, "SELECT id, note FROM item WHERE id IN (5, 500) ORDER BY id");
  }

  private static Stream<Arguments> everyMode() {
    return Stream.of(
            ModeSpec.FULL,
            new ModeSpec(SyncMode.DIFF, null, Deletes.HARD, null),
            new ModeSpec(SyncMode.INCREMENTAL, "changed", Deletes.IGNORE, null))
        .flatMap(mode -> Stream.of(TestServer.values()).map(to -> Arguments.of(mode, to)));
  }

  /** The table is another one then; the letter tells of what the source has. */
  @ParameterizedTest
  @EnumSource
  void aReplacedTableThatTakesTheRowHasItAsTheSourceDoes(TestServer to) throws Exception {
    try (TwoSides sides = sides(to)) {
      sides.spec = sides.spec.in(new ModeSpec(SyncMode.REPLACE, null, Deletes.HARD, null));
      sides.copy();
      String id = letters(sides).getFirst().id();
      edit(sides, id, Map.of("note", "kurz"));
      assertThat(retry(sides, ALONE, id)).isEqualTo(new LetterResult(1, 0, 0, null));
      sides.newPass("second");
      sides.copy();
      assertThat(states(sides)).containsExactly("5 open 1", "500 open 2", "501 open 2");
      assertThat(letters(sides).getFirst().edits()).containsEntry("note", "kurz");
      assertThat(retry(sides, ALONE, id)).isEqualTo(new LetterResult(1, 0, 0, null));
      sides.atTarget(
          to == TestServer.POSTGRESQL
              ? "ALTER TABLE item ALTER note TYPE varchar(60)"
              : "ALTER TABLE item MODIFY note varchar(60)");
      sides.newPass("third");
      sides.copy();
      assertThat(notes(sides))
          .containsExactly("5|a note that is too long", "500|a note that is too long");
      assertThat(states(sides)).containsExactly("5 resolved 1", "500 resolved 2", "501 open 3");
      assertThat(letters(sides).getFirst().edits()).isEmpty();
    }
  }

  /** Before and behind it, letters are read anew with all columns. */
  @ParameterizedTest
  @EnumSource
  void aLetterOfBeforeBothTablesGotAColumnHoldsNoOtherUp(TestServer to) throws Exception {
    try (TwoSides sides = sides(to)) {
      sides.copy();
      List<DeadLetter> letters = letters(sides);
      for (int i = 0; i < letters.size(); i++) {
        sides.atTarget(
            "UPDATE tidemark_dead_letter SET first_at = '2026-01-0%d' WHERE id = '%s'"
                .formatted(i + 1, letters.get(i).id()));
      }
      edit(sides, letters.get(1).id(), Map.of("note", "edited"));
      sides.atSource(
          "ALTER TABLE item ADD more int DEFAULT 7",
          "UPDATE item SET note = 'mended', n = 1 WHERE id IN (5, 501)");
      sides.atTarget("ALTER TABLE item ADD more int");
      assertThat(retry(sides, ALONE)).isEqualTo(new LetterResult(3, 0, 0, null));
      assertThat(
              TwoSides.rows(
                  sides.target,
                  "SELECT id, note, more FROM item WHERE id IN (5, 500, 501) ORDER BY id"))
          .containsExactly("5|mended|7", "500|edited|null", "501|mended|7");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anEditedRowThatIsNotInTheTargetAnyMoreIsToBeWrittenAgain(TestServer to) throws Exception {
    try (TwoSides sides = sides(to)) {
      sides.copy();
      String id = letters(sides).getLast().id();
      edit(sides, id, Map.of("n", "1"));
      assertThat(retry(sides, ALONE, id)).isEqualTo(new LetterResult(1, 0, 0, null));
      sides.atTarget("DELETE FROM item WHERE id = 501");
      sides.newPass("second");
      sides.copy();
      assertThat(states(sides)).containsExactly("5 open 2", "500 open 2", "501 open 1");
      assertThat(retry(sides, ALONE, id)).isEqualTo(new LetterResult(1, 0, 0, null));
      assertThat(TwoSides.rows(sides.target, "SELECT n FROM item WHERE id = 501"))
          .containsExactly("1");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSourceThatIsNotThereHoldsNoOtherUp(TestServer to) throws Exception {
    try (TwoSides sides = sides(to)) {
      sides.copy();
      sides.atSource("UPDATE item SET note = 'x' WHERE id IN (5, 500)");
      sides.atTarget(
          "UPDATE tidemark_dead_letter SET task = replace(task, '\"here\"', '\"nowhere\"')"
              + " WHERE id = '"
              + letters(sides).getFirst().id()
              + "'");
      assertThatThrownBy(() -> retry(sides, ALONE))
          .isInstanceOfSatisfying(
              SyncException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_CONNECTION));
      assertThat(states(sides)).containsExactly("5 open 1", "500 resolved 1", "501 open 2");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDiscardedRowIsPassedOverUntilTheSourceChangesIt(TestServer to) throws Exception {
    try (TwoSides sides = sides(to)) {
      sides.copy();
      try (Connection session = sides.connections.open("there")) {
        LetterBox box = new LetterBox(sides.target);
        assertThat(box.discard(session, letters(sides).getFirst().id())).isTrue();
        assertThat(box.discard(session, letters(sides).getFirst().id())).isFalse();
      }
      assertThat(retry(sides, ALONE)).isEqualTo(new LetterResult(0, 0, 2, null));
      sides.newPass("second");
      sides.copy();
      assertThat(letters(sides).getFirst().state()).isEqualTo(LetterState.DISCARDED);
      assertThat(sides.counts().deadLetters()).isEqualTo(2);
      sides.atSource("UPDATE item SET note = 'too long in another way' WHERE id = 5");
      sides.newPass("third");
      sides.copy();
      assertThat(letters(sides).getFirst().state()).isEqualTo(LetterState.OPEN);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSliceThatIsWrittenIsWaitedForAndAPassGoesOnWhereItWas(TestServer to) throws Exception {
    try (TwoSides sides = sides(to)) {
      assertThat(sides.copy(() -> sides.counts().read() >= 600)).isFalse();
      LetterResult busy = retry(sides, owner -> OwnerState.RUNNING);
      assertThat(busy.busy()).isNotNull();
      assertThat(busy.busy().slice()).isEqualTo("branch=lmp");
      assertThat(states(sides)).containsExactly("5 open 1", "500 open 1", "501 open 1");

      sides.atSource("UPDATE item SET note = 'mended' WHERE id = 5");
      assertThat(retry(sides, ALONE)).isEqualTo(new LetterResult(1, 0, 2, null));
      sides.copy();
      assertThat(sides.counts()).isEqualTo(new RowCounts(1000, 997, 0, 0, 0, 0, 2));
      assertThat(TwoSides.rows(sides.target, "SELECT count(*) FROM item")).containsExactly("998");
    }
  }

  @ParameterizedTest
  @EnumSource
  void pagesGoThroughAllLettersOnce(TestServer to) throws Exception {
    try (TwoSides sides = sides(to)) {
      sides.copy();
      try (Connection session = sides.connections.open("there")) {
        LetterBox box = new LetterBox(sides.target);
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
          LetterPage page = box.page(session, "item", LetterState.OPEN, cursor, 2);
          page.letters().forEach(letter -> seen.add(key(letter)));
          cursor = page.nextCursor();
        } while (cursor != null);
        assertThat(seen).containsExactlyInAnyOrder("5", "500", "501");
        assertThat(box.page(session, "other", null, null, 2).letters()).isEmpty();
      }
    }
  }
}
