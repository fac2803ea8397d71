package dev.tidemark.workflows.table;

import java.util.Objects;

/**
 * A slice of a target table that another sync writes.
 *
 * @param table the target table
 * @param slice what one source owns of it; empty for all of it
 * @param holder who writes it, in words
 */
public record BusySlice(String table, String slice, String holder) {

  public BusySlice {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(slice, "slice");
    Objects.requireNonNull(holder, "holder");
  }
}
