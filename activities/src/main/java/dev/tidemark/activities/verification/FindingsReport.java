package dev.tidemark.activities.verification;

import dev.tidemark.activities.table.LetteredRows;
import dev.tidemark.connect.comparison.Difference;
import dev.tidemark.connect.comparison.Portion;
import dev.tidemark.connect.letter.RowLetter;
import dev.tidemark.workflows.verification.DifferingKey;
import dev.tidemark.workflows.verification.Findings;
import dev.tidemark.workflows.verification.VerificationHeartbeat;
import dev.tidemark.workflows.verification.VerificationTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a running verification has found; written by the comparison, read by its heartbeats. A
 * heartbeat tells of a cursor and what was found up to it, never of more, so that the next attempt
 * counts nothing twice.
 */
final class FindingsReport {

  private final VerificationTask task;
  private @Nullable List<String> cursor;
  private Findings told;
  private Findings found;
  private int failures;
  private boolean keyless;

  FindingsReport(VerificationTask task, Optional<VerificationHeartbeat> before) {
    this.task = task;
    this.cursor = before.map(VerificationHeartbeat::cursor).orElse(null);
    this.told = before.map(VerificationHeartbeat::findings).orElse(Findings.NONE);
    this.found = told;
    this.failures = before.map(VerificationHeartbeat::failures).orElse(0);
  }

  /** Where to begin: whatever was found behind it is found again. */
  synchronized @Nullable List<String> begin() {
    found = told;
    return cursor;
  }

  /** How many more keys may be named; those about which somebody has decided make place. */
  synchronized int room() {
    return (int) (task.limit() - found.first().stream().filter(key -> !isDecided(key)).count());
  }

  private static boolean isDecided(DifferingKey key) {
    return key.letter() != null && key.letter().decided();
  }

  /**
   * The first keys, in their order; those about which somebody has decided as far as there is room.
   */
  private List<DifferingKey> first(List<DifferingKey> more) {
    List<DifferingKey> first = new ArrayList<>(found.first());
    first.addAll(more);
    for (int i = first.size() - 1; i >= 0 && first.size() > task.limit(); i--) {
      if (isDecided(first.get(i))) {
        first.remove(i);
      }
    }
    return first.subList(0, Math.min(first.size(), task.limit()));
  }

  /** Whole rows are compared: the table has no key. */
  synchronized void wholeRows() {
    keyless = true;
  }

  /**
   * One portion more.
   *
   * @param letters which rows differ for a reason that a letter tells
   * @param named keys of it that are to be named
   */
  synchronized void found(Portion portion, LetteredRows letters, List<DifferingKey> named) {
    List<DifferingKey> first = first(named);
    long missing = found.missing();
    long extra = found.extra();
    long different = found.different();
    long inLetters = found.inLetters();
    long decided = found.decided();
    for (Difference difference : portion.differences()) {
      Optional<RowLetter> letter = letters.of(difference);
      if (letter.isPresent() && letter.get().decided()) {
        decided++;
        continue;
      }
      inLetters += letter.isPresent() ? 1 : 0;
      switch (difference.kind()) {
        case MISSING -> missing++;
        case EXTRA -> extra++;
        case DIFFERENT -> different++;
      }
    }
    found =
        new Findings(
            found.sourceRows() + portion.source().rows(),
            found.targetRows() + portion.target().rows(),
            missing,
            extra,
            different,
            first,
            inLetters,
            decided,
            keyless);
    if (portion.cursor() != null) {
      cursor = portion.cursor();
      told = found;
      failures = 0;
    }
  }

  /** One more failure; how many in a row that makes. */
  synchronized int failed() {
    return ++failures;
  }

  synchronized Findings findings() {
    return found;
  }

  synchronized VerificationHeartbeat heartbeat() {
    return new VerificationHeartbeat(task.table().source(), cursor, told, failures);
  }
}
