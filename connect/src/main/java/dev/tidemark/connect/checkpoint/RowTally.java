package dev.tidemark.connect.checkpoint;

/**
 * Rows that a pass has dealt with.
 *
 * @param read rows of the source that were looked at
 * @param inserted of those, rows that were new
 * @param updated of those, rows that differed
 * @param deleted rows of the slice that the source does not have any more
 */
public record RowTally(long read, long inserted, long updated, long deleted) {

  public static final RowTally NONE = new RowTally(0, 0, 0, 0);

  /** Rows of which none was deleted. */
  public RowTally(long read, long inserted, long updated) {
    this(read, inserted, updated, 0);
  }

  public RowTally plus(RowTally more) {
    return new RowTally(
        read + more.read, inserted + more.inserted, updated + more.updated, deleted + more.deleted);
  }

  /** Rows that were equal already. */
  public long skipped() {
    return read - inserted - updated;
  }
}
