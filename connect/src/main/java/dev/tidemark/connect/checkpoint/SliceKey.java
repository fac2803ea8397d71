package dev.tidemark.connect.checkpoint;

import java.util.Objects;

/**
 * What a lock is on.
 *
 * @param table the target table
 * @param slice what one source owns of it; empty for all of it
 */
public record SliceKey(String table, String slice) {

  public SliceKey {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(slice, "slice");
  }

  @Override
  public String toString() {
    return slice.isEmpty() ? table : table + "[" + slice + "]";
  }
}
