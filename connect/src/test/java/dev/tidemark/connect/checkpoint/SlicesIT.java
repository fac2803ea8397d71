package dev.tidemark.connect.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.server.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SlicesIT {

  private static final Checkpoint HALF =
      Checkpoint.START.after(List.of("7"), new RowTally(10, 6, 3));

  private static Target target(TestServer server) throws SQLException {
    assumeTrue(server.available(), "set TIDEMARK_TEST_MYSQL_URL to run this");
    return new Target(server);
  }

  /** Attempt {@code attempt} of a run, in the pass of its name. */
  private static Claimant attempt(String run, String pass, int attempt) {
    return claimant(run, pass, "source.stock", 1, attempt, false);
  }

  private static Claimant claimant(
      String run, String pass, String source, int generation, int attempt, boolean startOver) {
    return new Claimant(
        new Owner("namespace", "workflow of " + run, run),
        pass,
        source,
        generation,
        attempt,
        startOver);
  }

  private static void assertRefused(ErrorCode code, String holder, ThrowingCallable claim) {
    assertThatThrownBy(claim)
        .isInstanceOfSatisfying(SyncException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(holder);
  }

  @ParameterizedTest
  @EnumSource
  void startsAnEmptySliceFreshAndOneWithRowsNot(TestServer server) throws Exception {
    try (Target target = target(server)) {
      SliceSession slice = target.claim(target.session(), attempt("first", "pass", 1));
      assertThat(slice.slice().fresh()).isTrue();
      assertThat(slice.slice().finished()).isFalse();
      assertThat(slice.slice().checkpoints()).containsExactly(Checkpoint.START);

      target.nextSlice();
      Connection session = target.session();
      target.write(session, 1);
      session.commit();
      assertThat(target.claim(session, attempt("first", "pass", 1)).slice().fresh()).isFalse();
    }
  }

  /** On one server only, since it waits for the end of a session in vain. */
  @ParameterizedTest
  @EnumSource(names = "POSTGRESQL")
  void aSessionThatIsStillEndingIsWaitedForAndIsNobodyElse(TestServer server) throws Exception {
    try (Target target = target(server)) {
      Connection ending = target.session();
      assertRefused(
          ErrorCode.PREDECESSOR_ENDING,
          "is still ending",
          () ->
              target.claim(
                  target.session(), attempt("first", "pass", 1), finished -> target.mark(ending)));

      SliceSession slice = target.claim(target.session(), attempt("first", "pass", 2));

      slice.commit(HALF);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPassGoesOnFromItsCheckpointInALaterAttempt(TestServer server) throws Exception {
    try (Target target = target(server)) {
      Connection session = target.session();
      SliceSession slice = target.claim(session, attempt("first", "pass", 1));
      target.write(session, 1);
      List<String> cursor = List.of("o'ne \"two\" \\ \n ä🐟", "", "-1.50");
      Checkpoint checkpoint =
          Checkpoint.START
              .after(List.of("0"), new RowTally(1, 1, 0))
              .after(cursor, new RowTally(5, 2, 1));
      slice.commit(HALF);
      slice.commit(checkpoint);

      SliceSession later = target.claim(target.session(), attempt("first", "pass", 2));
      assertThat(later.slice().checkpoints()).containsExactly(checkpoint);
      assertThat(later.slice().fresh()).as("all its rows are of this pass").isTrue();
      assertThat(target.committed()).containsExactly(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPassWhoseRowsVanishedStartsOver(TestServer server) throws Exception {
    try (Target target = target(server)) {
      target.claim(target.session(), attempt("first", "pass", 1)).commit(HALF);

      SliceSession again = target.claim(target.session(), attempt("first", "pass", 2));

      assertThat(again.slice().checkpoints()).containsExactly(Checkpoint.START);
      assertThat(again.slice().fresh()).isTrue();
      again.commit(HALF.done());
      assertThat(target.claim(target.session(), attempt("first", "pass", 3)).slice().finished())
          .isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPassGoesOnInAnotherRunOfTheSameBatch(TestServer server) throws Exception {
    try (Target target = target(server)) {
      target.claim(target.session(), attempt("first", "pass", 4)).commit(HALF);
      target.fill();
      target.is(OwnerState.CLOSED, "first");
      SliceSession resumed = target.claim(target.session(), attempt("second", "pass", 1));
      assertThat(resumed.slice().checkpoints()).containsExactly(HALF);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNewPassStartsOver(TestServer server) throws Exception {
    try (Target target = target(server)) {
      Connection session = target.session();
      SliceSession slice = target.claim(session, attempt("first", "pass", 1));
      target.write(session, 1);
      slice.commit(HALF);
      target.is(OwnerState.CLOSED, "first");

      SliceSession next = target.claim(target.session(), attempt("second", "next pass", 1));
      assertThat(next.slice().checkpoints()).containsExactly(Checkpoint.START);
      assertThat(next.slice().fresh()).isFalse();
      next.commit(HALF);
      assertThat(
              target
                  .claim(target.session(), attempt("second", "next pass", 2))
                  .slice()
                  .checkpoints())
          .containsExactly(HALF);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFinishedPassIsFoundFinishedAndHoldsNothing(TestServer server) throws Exception {
    try (Target target = target(server)) {
      Connection session = target.session();
      SliceSession slice = target.claim(session, attempt("first", "pass", 1));
      target.write(session, 1);
      slice.commit(HALF.done());
      assertThat(target.committed()).containsExactly(1);

      SliceSession again = target.claim(target.session(), attempt("first", "pass", 2));
      assertThat(again.slice().finished()).as("by its own run").isTrue();
      assertThat(again.slice().checkpoints()).containsExactly(HALF.done());

      SliceSession other = target.claim(target.session(), attempt("second", "pass", 1));
      assertThat(other.slice().finished()).as("by another run, though the first one runs").isTrue();

      other.release();
      SliceSession over =
          target.claim(target.session(), claimant("third", "pass", "source.stock", 1, 1, true));
      assertThat(over.slice().finished()).as("started over").isFalse();
      assertThat(over.slice().checkpoints()).containsExactly(Checkpoint.START);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isBusyWhileItsRunRunsAndNamesIt(TestServer server) throws Exception {
    try (Target target = target(server)) {
      Connection holding = target.session();
      SliceSession held = target.claim(holding, attempt("first", "pass", 1));
      assertRefused(
          ErrorCode.SLICE_BUSY,
          "workflow of first",
          () -> target.claim(target.session(), attempt("second", "other pass", 1)));
      target.write(holding, 1);
      held.commit(HALF);
      assertThat(target.committed()).as("the holder is undisturbed").containsExactly(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isBusyWhileAnotherSliceIsWrittenThatSharesRowsWithIt(TestServer server) throws Exception {
    try (Target target = target(server)) {
      SliceSession wider = target.claim(target.session(), attempt("first", "pass", 1));
      target.narrowerSlice("city=sby");
      assertRefused(
          ErrorCode.SLICE_BUSY,
          "workflow of first, as written[branch=",
          () -> target.claim(target.session(), attempt("second", "other pass", 1)));
      wider.release();
      SliceSession narrower = target.claim(target.session(), attempt("second", "other pass", 1));
      assertThat(narrower.slice().fresh()).isTrue();
      target.narrowerSlice("city=mlg");
      assertThat(target.claim(target.session(), attempt("third", "its pass", 1)).slice().fresh())
          .as("another city, so other rows")
          .isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLookSeesWhoHoldsASliceThatSharesRows(TestServer server) throws Exception {
    try (Target target = target(server)) {
      SliceSession wider = target.claim(target.session(), attempt("first", "pass", 1));
      target.narrowerSlice("city=sby");
      Owner second = attempt("second", "other pass", 1).owner();
      assertThat(target.holder(second)).as("without a row of its own").isPresent();
      assertRefused(
          ErrorCode.SLICE_BUSY,
          "workflow of first",
          () -> target.claim(target.session(), attempt("second", "other pass", 1)));
      assertThat(target.holder(second))
          .as("with one that nobody holds")
          .hasValueSatisfying(
              holder -> assertThat(holder).startsWith("workflow of first, as written[branch="));
      target.is(OwnerState.UNKNOWN, "first");
      assertThat(target.holder(second)).as("its session lives").isPresent();
      target.is(OwnerState.CLOSED, "first");
      assertThat(target.holder(second)).isEmpty();
      target.is(OwnerState.RUNNING, "first");
      wider.commit(HALF.done());
      assertThat(target.holder(second)).as("finished").isEmpty();

      target.claim(target.session(), attempt("second", "other pass", 1)).commit(HALF);
      assertThat(target.holder(second)).as("held by itself").isEmpty();
      target.narrowerSlice("city=mlg");
      assertThat(target.holder(attempt("third", "pass", 1).owner())).as("another city").isEmpty();
      target.widerSlice();
      assertThat(target.holder(attempt("first", "pass", 1).owner()))
          .hasValueSatisfying(
              holder -> assertThat(holder).contains("workflow of second, as", "city=sby"));
    }
  }

  /** One table of a run, by the number of the attempt. */
  private static Claimant branch(int attempt) {
    return claimant("run", "pass", "branch.stock", 1, attempt, false);
  }

  /** Another one, whose slice shares rows with that of the first. */
  private static Claimant office(int attempt) {
    return claimant("run", "pass", "office.stock", 1, attempt, false);
  }

  @ParameterizedTest
  @EnumSource
  void tablesOfOneRunWaitForEachOtherAsLongAsOneIsWritten(TestServer server) throws Exception {
    try (Target target = target(server)) {
      SliceSession first = target.claim(target.session(), branch(1));
      first.commit(HALF);
      target.fill();
      target.narrowerSlice("city=sby");
      assertRefused(
          ErrorCode.SLICE_BUSY,
          "workflow of run, as written[branch=",
          () -> target.claim(target.session(), office(1)));
      assertThat(target.holder(office(1).owner())).as("by its own run").isPresent();

      first.leave();
      assertThat(target.holder(office(1).owner())).as("skipped, or between attempts").isEmpty();
      SliceSession second = target.claim(target.session(), office(1));
      target.widerSlice();
      assertThat(target.holder(branch(1).owner())).isPresent();
      assertRefused(
          ErrorCode.SLICE_BUSY, "city=sby", () -> target.claim(target.session(), branch(2)));
      second.commit(HALF.done());
      assertThat(target.holder(branch(1).owner())).as("while that leaves").isEmpty();
      assertThat(target.claim(target.session(), branch(2)).slice().checkpoints())
          .as("goes on where it was")
          .containsExactly(HALF);
    }
  }

  /** Only the run itself knows that its table is not copied. */
  @ParameterizedTest
  @EnumSource
  void otherRunsWaitForAllThatARunHasBegun(TestServer server) throws Exception {
    try (Target target = target(server)) {
      SliceSession first = target.claim(target.session(), branch(1));
      first.commit(HALF);
      first.leave();
      target.narrowerSlice("city=sby");
      target.claim(target.session(), office(1)).commit(HALF.done());

      assertThat(target.holder(attempt("second", "other pass", 1).owner())).isPresent();
      assertRefused(
          ErrorCode.SLICE_BUSY,
          "workflow of run",
          () -> target.claim(target.session(), attempt("second", "other pass", 1)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aZombieCommitsNothingBesideAGrantThatSharesRows(TestServer server) throws Exception {
    try (Target target = target(server)) {
      Connection zombie = target.session();
      SliceSession old = target.claim(zombie, branch(1));
      old.leave();
      target.narrowerSlice("city=sby");
      SliceSession sibling = target.claim(target.session(), office(1));
      target.write(zombie, 1);
      assertRefused(ErrorCode.FENCED, "successor", () -> old.commit(HALF));
      assertThat(target.committed()).isEmpty();

      target.is(OwnerState.CLOSED, "run");
      target.widerSlice();
      target.claim(target.session(), attempt("second", "other pass", 1)).commit(HALF);
      assertThatThrownBy(() -> sibling.commit(HALF))
          .isInstanceOfSatisfying(
              SyncException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FENCED));
    }
  }

  @ParameterizedTest
  @EnumSource
  void isTakenFromAClosedRunWhoseSessionStillWrites(TestServer server) throws Exception {
    try (Target target = target(server)) {
      Connection zombie = target.session();
      SliceSession held = target.claim(zombie, attempt("first", "pass", 1));
      target.write(zombie, 1);
      target.is(OwnerState.CLOSED, "first");

      Connection session = target.session();
      SliceSession taken = target.claim(session, attempt("second", "next pass", 1));
      assertThatThrownBy(() -> held.commit(HALF))
          .isInstanceOfAny(SQLException.class, SyncException.class);
      target.write(session, 2);
      taken.commit(Checkpoint.START.after(null, new RowTally(1, 1, 0)).done());
      assertThat(target.committed()).containsExactly(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void ofAnUnknownRunItsSessionDecides(TestServer server) throws Exception {
    try (Target target = target(server)) {
      Connection holding = target.session();
      target.claim(holding, attempt("abroad", "pass", 1)).commit(HALF);
      target.fill();
      target.is(OwnerState.UNKNOWN, "abroad");
      assertRefused(
          ErrorCode.SLICE_BUSY,
          "workflow of abroad of another Temporal namespace",
          () -> target.claim(target.session(), attempt("second", "pass", 1)));
      holding.rollback();
      holding.close();
      SliceSession taken = eventually(target, attempt("second", "pass", 1));
      assertThat(taken.slice().checkpoints()).containsExactly(HALF);
    }
  }

  /** The server may need a moment to see that a session has gone. */
  private static SliceSession eventually(Target target, Claimant claimant) {
    return Awaitility.await()
        .ignoreException(SyncException.class)
        .until(() -> target.claim(target.session(), claimant), slice -> true);
  }

  @ParameterizedTest
  @EnumSource
  void anAttemptWhoseRunIsClosedGetsNothing(TestServer server) throws Exception {
    try (Target target = target(server)) {
      target.is(OwnerState.CLOSED, "late");
      assertRefused(
          ErrorCode.FENCED,
          "the run of this attempt is closed",
          () -> target.claim(target.session(), attempt("late", "pass", 1)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anEarlierAttemptThatComesLateIsFenced(TestServer server) throws Exception {
    try (Target target = target(server)) {
      Connection session = target.session();
      SliceSession slice =
          target.claim(session, claimant("first", "pass", "source.stock", 2, 2, false));
      assertRefused(
          ErrorCode.FENCED,
          "a later attempt of the same run",
          () ->
              target.claim(
                  target.session(), claimant("first", "pass", "source.stock", 2, 1, false)));
      assertRefused(
          ErrorCode.FENCED,
          "a later attempt of the same run",
          () ->
              target.claim(
                  target.session(), claimant("first", "pass", "source.stock", 1, 9, false)));
      slice.commit(HALF);
      target.fill();
      assertThat(
              target
                  .claim(target.session(), claimant("first", "pass", "source.stock", 3, 1, false))
                  .slice()
                  .checkpoints())
          .containsExactly(HALF);
    }
  }

  /** Its session lives on, because it bears no mark that would tell which one to end. */
  @ParameterizedTest
  @EnumSource
  void aZombieCommitsNothingThoughItsSessionLives(TestServer server) throws Exception {
    try (Target target = target(server)) {
      Connection zombie = target.session();
      SliceSession old = target.claim(zombie, attempt("first", "pass", 1));
      old.leave();
      Connection session = target.session();
      SliceSession successor = target.claim(session, attempt("first", "pass", 2));

      target.write(zombie, 1);
      assertRefused(ErrorCode.FENCED, "successor", () -> old.commit(HALF));
      target.write(zombie, 2);
      assertRefused(ErrorCode.FENCED, "successor", () -> old.commit(HALF.done()));
      target.write(zombie, 3);
      assertRefused(ErrorCode.FENCED, "successor", old::release);
      zombie.commit();
      assertThat(target.committed()).isEmpty();

      target.write(session, 4);
      successor.commit(HALF);
      assertThat(target.committed()).containsExactly(4);
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoSourcesOfOnePassMayNotShareASlice(TestServer server) throws Exception {
    try (Target target = target(server)) {
      target.claim(target.session(), attempt("first", "pass", 1)).commit(HALF.done());
      Claimant sharer = claimant("first", "pass", "other.stock", 1, 1, false);
      assertRefused(
          ErrorCode.SLICE_SHARED, "source.stock", () -> target.claim(target.session(), sharer));
      SliceSession next =
          target.claim(
              target.session(), claimant("first", "next pass", "other.stock", 1, 1, false));
      assertThat(next.slice().checkpoints()).containsExactly(Checkpoint.START);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReleasedSliceKeepsItsCheckpointAndLetsOthersIn(TestServer server) throws Exception {
    try (Target target = target(server)) {
      Connection session = target.session();
      SliceSession slice = target.claim(session, attempt("first", "pass", 1));
      slice.commit(HALF);
      target.fill();
      target.write(session, 1);
      slice.release();
      assertThat(target.committed()).as("without what was not").containsExactly(0);
      SliceSession other = target.claim(target.session(), attempt("second", "pass", 1));
      assertThat(other.slice().checkpoints()).containsExactly(HALF);
      assertThat(session.isValid(5)).as("the session of the first is free for others").isTrue();
    }
  }

  /** Tables that an earlier version made are widened, with what they hold. */
  @ParameterizedTest
  @EnumSource
  void goesOnWithTheTablesOfEarlierVersions(TestServer server) throws Exception {
    try (Target target = target(server)) {
      Connection session = target.session();
      SliceSession before = target.claim(session, attempt("first", "pass", 1));
      before.commit(HALF);
      before.leave();
      try (Connection administration = target.session();
          Statement statement = administration.createStatement()) {
        administration.setAutoCommit(true);
        statement.execute("ALTER TABLE tidemark_cursor DROP COLUMN rows_extra");
        target.slices().prepare(administration);
      }
      target.write(session, 1);
      session.commit();
      SliceSession after = target.claim(session, attempt("first", "pass", 2));
      assertThat(after.slice().checkpoints()).containsExactly(HALF);
      Checkpoint more = HALF.after(List.of("8"), new RowTally(5, 1, 1, 2, 4));
      after.commit(more);
      after.leave();
      assertThat(target.claim(session, attempt("first", "pass", 3)).slice().checkpoints())
          .containsExactly(more);
    }
  }
}
