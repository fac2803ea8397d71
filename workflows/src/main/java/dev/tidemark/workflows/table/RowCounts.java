package dev.tidemark.workflows.table;

/**
 * Rows of one table handled so far. {@code read} is the sum of the other three once a chunk has
 * committed.
 *
 * @param read rows read from the source
 * @param inserted rows that were new in the target
 * @param updated rows that differed in the target
 * @param skipped rows that were already equal and were not written
 * @param deleted rows of the target that the source does not have any more, removed or marked
 * @param extra rows that only the target has, found by a comparison, and that stay there
 */
public record RowCounts(
    long read, long inserted, long updated, long skipped, long deleted, long extra) {

  public static final RowCounts NONE = new RowCounts(0, 0, 0, 0, 0, 0);

  public RowCounts {
    if (read < 0 || inserted < 0 || updated < 0 || skipped < 0 || deleted < 0 || extra < 0) {
      throw new IllegalArgumentException("row counts cannot be negative");
    }
  }

  /** Rows of which none was deleted. */
  public RowCounts(long read, long inserted, long updated, long skipped) {
    this(read, inserted, updated, skipped, 0);
  }

  /** Rows of which none was found in addition. */
  public RowCounts(long read, long inserted, long updated, long skipped, long deleted) {
    this(read, inserted, updated, skipped, deleted, 0);
  }

  public RowCounts plus(RowCounts more) {
    return new RowCounts(
        read + more.read,
        inserted + more.inserted,
        updated + more.updated,
        skipped + more.skipped,
        deleted + more.deleted,
        extra + more.extra);
  }
}
