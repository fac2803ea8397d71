package dev.tidemark.workflows.table;

import java.util.Objects;

/**
 * A table that waits for its slice.
 *
 * @param table the table that is to be copied
 * @param targetConnection name of the connection with the slice
 * @param slice what it waits for
 * @param reached rows handled in this batch so far, and its failures
 * @param estimatedRows rows that the planner expects, 0 when unknown
 */
public record SliceWait(
    TableId table,
    String targetConnection,
    BusySlice slice,
    TableResult reached,
    long estimatedRows) {

  public SliceWait {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(targetConnection, "targetConnection");
    Objects.requireNonNull(slice, "slice");
    Objects.requireNonNull(reached, "reached");
  }
}
