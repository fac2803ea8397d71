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
 * @param specification what is copied, and how: a pass goes on only with the same; empty for any
 */
public record Claimant(
    Owner owner,
    String pass,
    String source,
    int generation,
    int attempt,
    boolean startOverWhenFinished,
    String specification) {

  public Claimant {
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(pass, "pass");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(specification, "specification");
  }

  /** Who wants a slice, for whatever it is. */
  public Claimant(
      Owner owner,
      String pass,
      String source,
      int generation,
      int attempt,
      boolean startOverWhenFinished) {
    this(owner, pass, source, generation, attempt, startOverWhenFinished, "");
  }

  /** The same, to copy this. */
  public Claimant of(String what) {
    return new Claimant(owner, pass, source, generation, attempt, startOverWhenFinished, what);
  }

  /** Whether this attempt is the one that last held the slice, or a later one of the same run. */
  boolean follows(int heldGeneration, int heldAttempt) {
    return generation > heldGeneration || (generation == heldGeneration && attempt >= heldAttempt);
  }
}
