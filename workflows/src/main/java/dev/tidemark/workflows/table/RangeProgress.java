package dev.tidemark.workflows.table;

import org.jspecify.annotations.Nullable;

/**
 * A range of a table's keys that one session copies.
 *
 * @param cursor the last key that is committed, readable; null before the first chunk of a table
 * @param upTo the last key of the range; null for the end of the table
 * @param read rows read in this range
 */
public record RangeProgress(@Nullable String cursor, @Nullable String upTo, long read) {

  @Override
  public String toString() {
    String end = upTo == null ? "" : " of " + upTo;
    return cursor == null ? "start" + end : cursor + end;
  }
}
