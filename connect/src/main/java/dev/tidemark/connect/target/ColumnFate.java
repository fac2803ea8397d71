package dev.tidemark.connect.target;

/** What becomes of a column of the source in the target. */
public enum ColumnFate {
  /** The target's table has it. */
  COPIED,
  /** The table is missing, and would be created with it. */
  CREATED,
  /** The table lacks it; it can be added where the policy widens tables. */
  MISSING,
  /** The target computes it itself, so it is left out. */
  COMPUTED
}
