package dev.tidemark.connect.checkpoint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a pass over a slice has come; committed together with the rows.
 *
 * @param cursor last key that is committed, one text a key column; null before the first chunk
 * @param read rows read so far
 * @param inserted of those, rows that were new
 * @param updated of those, rows that differed
 * @param chunks chunks committed so far
 */
public record Checkpoint(
    @Nullable List<String> cursor, long read, long inserted, long updated, long chunks) {

  public static final Checkpoint START = new Checkpoint(null, 0, 0, 0, 0);

  public Checkpoint {
    cursor = cursor == null ? null : List.copyOf(cursor);
  }

  /** The checkpoint after one more chunk; {@code end} is null behind the last row. */
  public Checkpoint after(
      @Nullable List<String> end, long moreRead, long moreInserted, long moreUpdated) {
    return new Checkpoint(
        end == null ? cursor : end,
        read + moreRead,
        inserted + moreInserted,
        updated + moreUpdated,
        chunks + 1);
  }

  /** Rows that were equal already. */
  public long skipped() {
    return read - inserted - updated;
  }
}
