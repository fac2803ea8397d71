package dev.tidemark.workflows.plan;

import java.util.Objects;

/**
 * How long a table would take.
 *
 * @param seconds as long as nothing else is copied beside it that was not then either
 * @param basis what that is reckoned from, in words
 * @param paceFrom whether that was measured; plans of older versions knew nothing else, and leave
 *     it out
 */
public record Estimate(double seconds, String basis, PaceFrom paceFrom) {

  public Estimate {
    Objects.requireNonNull(basis, "basis");
    paceFrom = Objects.requireNonNullElse(paceFrom, PaceFrom.LAST_RUN);
  }

  /** From what was measured. */
  public static Estimate measured(double seconds, String basis) {
    return new Estimate(seconds, basis, PaceFrom.LAST_RUN);
  }
}
