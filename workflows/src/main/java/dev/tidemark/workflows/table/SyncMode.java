package dev.tidemark.workflows.table;

/** How a table is brought in step. */
public enum SyncMode {
  /** Every row is read; rows that differ are written. */
  FULL,
  /** Only rows are read that changed since the sync before, by a column that says when. */
  INCREMENTAL,
  /** Both databases sum their rows up; only rows that differ are read. */
  DIFF,
  /** All rows are loaded into a new table, which then takes the place of the old one. */
  REPLACE
}
