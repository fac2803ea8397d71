package dev.tidemark.workflows.table;

/** Where a table stands within its batch. */
public enum TableStatus {
  PENDING,
  IN_PROGRESS,
  COMPLETED,
  FAILED,
  SKIPPED
}
