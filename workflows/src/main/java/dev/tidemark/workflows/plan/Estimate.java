package dev.tidemark.workflows.plan;

import java.util.Objects;

/**
 * How long a table would take.
 *
 * @param seconds as long as nothing else is copied beside it that was not then either
 * @param basis what that is reckoned from, in words
 */
public record Estimate(double seconds, String basis) {

  public Estimate {
    Objects.requireNonNull(basis, "basis");
  }
}
