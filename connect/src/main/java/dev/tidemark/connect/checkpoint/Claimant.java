package dev.tidemark.connect.checkpoint;

import java.util.Objects;

/**
 * Who wants a slice.
 *
 * @param owner the run
 * @param pass what the cursors belong to: a claim with another pass starts from the beginning
 * @param source what is read; two sources of one pass must not share a slice
 * @param generation how often the run has scheduled this work, from 1
 * @param attempt the attempt within that schedule, from 1
 * @param startOverWhenFinished true to start a finished pass over, false to find it finished
 */
public record Claimant(
    Owner owner,
    String pass,
    String source,
    int generation,
    int attempt,
    boolean startOverWhenFinished) {

  public Claimant {
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(pass, "pass");
    Objects.requireNonNull(source, "source");
  }

  /** Whether this attempt is the one that last held the slice, or a later one of the same run. */
  boolean follows(int heldGeneration, int heldAttempt) {
    return generation > heldGeneration || (generation == heldGeneration && attempt >= heldAttempt);
  }
}
