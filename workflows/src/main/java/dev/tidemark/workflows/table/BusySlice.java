package dev.tidemark.workflows.table;

import java.util.Objects;

/**
 * A slice of a target table that cannot be had, since another sync writes it, or another table one
 * that shares rows with it.
 *
 * @param table the target table
 * @param slice what one source owns of it; empty for all of it
 * @param holder who writes, in words
 */
public record BusySlice(String table, String slice, String holder) {

  public BusySlice {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(slice, "slice");
    Objects.requireNonNull(holder, "holder");
  }
}
