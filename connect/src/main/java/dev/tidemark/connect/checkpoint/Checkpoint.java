package dev.tidemark.connect.checkpoint;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far one range of a pass has come; committed together with the rows. A pass begins with a
 * single range that holds every key, and splits it while it copies.
 *
 * @param part number of the range, from 0
 * @param cursor last key that is committed, one text a key column; before the first chunk the key
 *     in front of the range, null when that is its table's start
 * @param upTo last key of the range; null for the end of the table
 * @param finished whether everything up to there is committed
 * @param rows what was done so far
 * @param chunks chunks committed so far
 */
public record Checkpoint(
    int part,
    @Nullable List<String> cursor,
    @Nullable List<String> upTo,
    boolean finished,
    RowTally rows,
    long chunks) {

  /** The range of all keys, of which nothing is copied. */
  public static final Checkpoint START = new Checkpoint(0, null, null, false, RowTally.NONE, 0);

  public Checkpoint {
    cursor = cursor == null ? null : List.copyOf(cursor);
    upTo = upTo == null ? null : List.copyOf(upTo);
    Objects.requireNonNull(rows, "rows");
  }

  /**
   * The checkpoint after one more chunk.
   *
   * @param end the last key of the chunk; null behind the last row of the table
   */
  public Checkpoint after(@Nullable List<String> end, RowTally more) {
    return new Checkpoint(
        part, end == null ? cursor : end, upTo, finished, rows.plus(more), chunks + 1);
  }

  /** The same, done. */
  public Checkpoint done() {
    return new Checkpoint(part, cursor, upTo, true, rows, chunks);
  }

  /** The lower half of a split. */
  public Checkpoint below(List<String> key) {
    return new Checkpoint(part, cursor, key, finished, rows, chunks);
  }

  /** The upper half of a split. */
  public Checkpoint above(List<String> key, int newPart) {
    return new Checkpoint(newPart, key, upTo, false, RowTally.NONE, 0);
  }
}
