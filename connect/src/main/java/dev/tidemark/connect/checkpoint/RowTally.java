package dev.tidemark.connect.checkpoint;

/**
 * Rows that a pass has dealt with.
 *
 * @param read rows of the source that were looked at
 * @param inserted of those, rows that were new
 * @param updated of those, rows that differed
 * @param deleted rows of the slice that the source does not have any more
 * @param extra rows of the slice that the source does not have, and that stay
 * @param deadLetters of those that were read, rows that the target refused and that were kept apart
 */
public record RowTally(
    long read, long inserted, long updated, long deleted, long extra, long deadLetters) {

  public static final RowTally NONE = new RowTally(0, 0, 0, 0, 0, 0);

  /** Rows of which the target took all. */
  public RowTally(long read, long inserted, long updated, long deleted, long extra) {
    this(read, inserted, updated, deleted, extra, 0);
  }

  /** Rows of which none was deleted. */
  public RowTally(long read, long inserted, long updated) {
    this(read, inserted, updated, 0, 0);
  }

  public RowTally plus(RowTally more) {
    return new RowTally(
        read + more.read,
        inserted + more.inserted,
        updated + more.updated,
        deleted + more.deleted,
        extra + more.extra,
        deadLetters + more.deadLetters);
  }

  /** Rows that were equal already. */
  public long skipped() {
    // A comparison writes what it found before it counts what it looked at.
    return Math.max(0, read - inserted - updated - deadLetters);
  }
}
