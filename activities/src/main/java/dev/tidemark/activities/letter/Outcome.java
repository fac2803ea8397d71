package dev.tidemark.activities.letter;

/** What became of a letter that was tried again. */
enum Outcome {
  RESOLVED,
  /** The source has the row no more. */
  GONE,
  REFUSED,
  /** Somebody has dealt with it meanwhile. */
  NOT_OPEN
}
