package dev.tidemark.workflows.plan;

/** What would become of a target table before rows are written to it. */
public enum TableFate {
  /** It is missing, and would be made. */
  CREATED,
  /** It is missing, and must not be made. */
  MISSING,
  /** It would be taken as it is. */
  TAKEN,
  /** It would get columns, or wider types. */
  WIDENED
}
