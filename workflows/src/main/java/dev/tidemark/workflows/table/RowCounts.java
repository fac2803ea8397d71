package dev.tidemark.workflows.table;

/**
 * Rows of one table handled so far. {@code read} is the sum of inserted, updated, skipped and
 * refused ones once a chunk has committed.
 *
 * @param read rows read from the source
 * @param inserted rows that were new in the target
 * @param updated rows that differed in the target
 * @param skipped rows that were already equal and were not written
 * @param deleted rows of the target that the source does not have any more, removed or marked
 * @param extra rows that only the target has, found by a comparison, and that stay there
 * @param deadLetters rows that the target refused and that were kept apart; once the table is
 *     completed, all of its rows that still are, those of earlier syncs included
 * @param decided once the table is completed, rows that differ from the source's because somebody
 *     edited or discarded their dead letters, and that were left so
 */
public record RowCounts(
    long read,
    long inserted,
    long updated,
    long skipped,
    long deleted,
    long extra,
    long deadLetters,
    long decided) {

  public static final RowCounts NONE = new RowCounts(0, 0, 0, 0);

  public RowCounts {
    if (Math.min(read, inserted) < 0
        || Math.min(updated, skipped) < 0
        || Math.min(Math.min(deleted, extra), Math.min(deadLetters, decided)) < 0) {
      throw new IllegalArgumentException("row counts cannot be negative");
    }
  }

  /** Rows of which none was deleted. */
  public RowCounts(long read, long inserted, long updated, long skipped) {
    this(read, inserted, updated, skipped, 0, 0, 0, 0);
  }

  /** Rows of which none was found in addition. */
  public RowCounts(long read, long inserted, long updated, long skipped, long deleted) {
    this(read, inserted, updated, skipped, deleted, 0, 0, 0);
  }

  /** Rows of which the target took all. */
  public RowCounts(long read, long inserted, long updated, long skipped, long deleted, long extra) {
    this(read, inserted, updated, skipped, deleted, extra, 0, 0);
  }

  /** Rows about which nobody has decided. */
  public RowCounts(
      long read,
      long inserted,
      long updated,
      long skipped,
      long deleted,
      long extra,
      long deadLetters) {
    this(read, inserted, updated, skipped, deleted, extra, deadLetters, 0);
  }

  public RowCounts plus(RowCounts more) {
    return new RowCounts(
        read + more.read,
        inserted + more.inserted,
        updated + more.updated,
        skipped + more.skipped,
        deleted + more.deleted,
        extra + more.extra,
        deadLetters + more.deadLetters,
        decided + more.decided);
  }
}
