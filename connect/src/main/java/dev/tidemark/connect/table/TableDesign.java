package dev.tidemark.connect.table;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a table has beside its columns and key, so that a copy of it can be made.
 *
 * @param comment on the table; empty when there is none
 * @param comments on columns, by name
 * @param defaults of columns, by name
 * @param indexes beside the key
 * @param leftOut indexes of which only their database knows how to make them, each in words
 */
public record TableDesign(
    String comment,
    Map<String, String> comments,
    Map<String, ColumnDefault> defaults,
    List<TableIndex> indexes,
    List<String> leftOut) {

  /** Nothing but columns and key. */
  public static final TableDesign PLAIN =
      new TableDesign("", Map.of(), Map.of(), List.of(), List.of());

  public TableDesign {
    Objects.requireNonNull(comment, "comment");
    comments = Map.copyOf(comments);
    defaults = Map.copyOf(defaults);
    indexes = List.copyOf(indexes);
    leftOut = List.copyOf(leftOut);
  }
}
