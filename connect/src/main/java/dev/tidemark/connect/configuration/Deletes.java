package dev.tidemark.connect.configuration;

/** What happens to a row of the target that the source does not have any more. */
public enum Deletes {
  IGNORE,
  /** A column says since when. */
  SOFT,
  HARD
}
