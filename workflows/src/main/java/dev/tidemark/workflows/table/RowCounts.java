package dev.tidemark.workflows.table;

/**
 * Rows of one table handled so far. {@code read} is the sum of the other three once a chunk has
 * committed.
 *
 * @param read rows read from the source
 * @param inserted rows that were new in the target
 * @param updated rows that differed in the target
 * @param skipped rows that were already equal and were not written
 */
public record RowCounts(long read, long inserted, long updated, long skipped) {

  public static final RowCounts NONE = new RowCounts(0, 0, 0, 0);

  public RowCounts {
    if (read < 0 || inserted < 0 || updated < 0 || skipped < 0) {
      throw new IllegalArgumentException("row counts cannot be negative");
    }
  }

  public RowCounts plus(RowCounts more) {
    return new RowCounts(
        read + more.read, inserted + more.inserted, updated + more.updated, skipped + more.skipped);
  }
}
