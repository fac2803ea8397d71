package dev.tidemark.workflows.table;

/** What happens to a row of the slice that the source does not have any more. */
public enum Deletes {
  IGNORE,
  /** A column says since when. */
  SOFT,
  HARD
}
