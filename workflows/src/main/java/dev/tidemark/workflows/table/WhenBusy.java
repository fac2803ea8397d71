package dev.tidemark.workflows.table;

/** What a sync does when another one holds the lock on the slice that it wants to write. */
public enum WhenBusy {
  /** Wait until the holder is done; waiting counts as no failure. */
  WAIT,
  /** Fail the table at once and name the holder. */
  REFUSE
}
