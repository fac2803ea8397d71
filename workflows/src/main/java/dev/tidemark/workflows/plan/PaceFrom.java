package dev.tidemark.workflows.plan;

/** How far an {@link Estimate} can be believed. */
public enum PaceFrom {
  /** Tables were copied between these connections before, this one or others. */
  LAST_RUN,
  /** Nothing like it was: a pace that is meant to be rather too slow. */
  GUESS
}
