package dev.tidemark.activities.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.activities.table.LetteredRows;
import dev.tidemark.connect.comparison.Difference;
import dev.tidemark.connect.comparison.Difference.Kind;
import dev.tidemark.connect.comparison.Portion;
import dev.tidemark.connect.comparison.RowSum;
import dev.tidemark.workflows.verification.DifferingKey;
import dev.tidemark.workflows.verification.Findings;
import dev.tidemark.workflows.verification.KeyLetter;
import dev.tidemark.workflows.verification.VerificationHeartbeat;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FindingsReportTest {

  private static final RowSum TEN = new RowSum(10, BigInteger.ONE);

  private static Portion portion(@Nullable List<String> cursor, Kind kind) {
    return new Portion(TEN, TEN, List.of(new Difference(List.of("7"), kind)), cursor);
  }

  /** Or the next attempt, which begins at the cursor, would count it twice. */
  @Test
  void tellsNothingBehindItsCursor() {
    FindingsReport report = new FindingsReport(VerificationIT.task(5), Optional.empty());
    report.found(portion(List.of("10"), Kind.DIFFERENT), LetteredRows.NONE, List.of());
    report.found(portion(null, Kind.EXTRA), LetteredRows.NONE, List.of());
    Findings told = new Findings(10, 10, 0, 0, 1, List.of());
    assertThat(report.heartbeat())
        .isEqualTo(
            new VerificationHeartbeat(
                VerificationIT.task(5).table().source(), List.of("10"), told, 0));
    assertThat(report.findings()).isEqualTo(new Findings(20, 20, 0, 1, 1, List.of()));
    report.found(portion(List.of("30"), Kind.MISSING), LetteredRows.NONE, List.of());
    assertThat(report.heartbeat().findings()).isEqualTo(new Findings(30, 30, 1, 1, 1, List.of()));
  }

  @Test
  void beginsAgainWhereItsHeartbeatStood() {
    FindingsReport first = new FindingsReport(VerificationIT.task(5), Optional.empty());
    first.found(portion(List.of("10"), Kind.DIFFERENT), LetteredRows.NONE, List.of());
    first.found(portion(null, Kind.EXTRA), LetteredRows.NONE, List.of());
    FindingsReport second =
        new FindingsReport(VerificationIT.task(5), Optional.of(first.heartbeat()));
    assertThat(second.begin()).isEqualTo(List.of("10"));
    assertThat(second.findings()).isEqualTo(new Findings(10, 10, 0, 0, 1, List.of()));
  }

  @Test
  void forgetsItsFailuresWithEachStepForward() {
    FindingsReport report = new FindingsReport(VerificationIT.task(5), Optional.empty());
    assertThat(report.failed()).isEqualTo(1);
    report.found(portion(null, Kind.EXTRA), LetteredRows.NONE, List.of());
    assertThat(report.failed()).isEqualTo(2);
    report.found(portion(List.of("10"), Kind.EXTRA), LetteredRows.NONE, List.of());
    assertThat(report.failed()).isEqualTo(1);
  }

  @Test
  void namesKeysOfWhichNobodyHasDecidedBeforeOthers() {
    FindingsReport report = new FindingsReport(VerificationIT.task(2), Optional.empty());
    Portion portion = portion(List.of("10"), Kind.DIFFERENT);
    report.found(
        portion, LetteredRows.NONE, List.of(named("1", "edited"), named("2", "discarded")));
    assertThat(report.room()).isEqualTo(2);
    assertThat(report.findings().first())
        .containsExactly(named("1", "edited"), named("2", "discarded"));
    report.found(portion, LetteredRows.NONE, List.of(named("3", "open")));
    assertThat(report.room()).isEqualTo(1);
    assertThat(report.findings().first()).containsExactly(named("1", "edited"), named("3", "open"));
    report.found(portion, LetteredRows.NONE, List.of(named("4", null)));
    assertThat(report.room()).isZero();
    assertThat(report.findings().first()).containsExactly(named("3", "open"), named("4", null));
  }

  private static DifferingKey named(String key, @Nullable String state) {
    KeyLetter letter = state == null ? null : new KeyLetter("letter " + key, state);
    return new DifferingKey(List.of(key), "different", List.of("note"), letter);
  }
}
