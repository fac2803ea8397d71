package dev.tidemark.workflows.table;

/** What becomes of a table without a key where rows are told apart by their keys. */
public enum Keyless {
  /** It fails. */
  REFUSED,
  /** It is compared as a whole, and fails when it differs. */
  COMPARED,
  /** It is compared as a whole, and replaced as a whole when it differs. */
  REPLACED
}
