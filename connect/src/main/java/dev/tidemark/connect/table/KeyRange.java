package dev.tidemark.connect.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table by key, in the order of the source: {@code after < key <= upTo}. Key values are
 * in their text form, one for each key column.
 *
 * @param after the key before the first row; null from the start
 * @param upTo the last key; null to the end
 */
public record KeyRange(@Nullable List<String> after, @Nullable List<String> upTo) {

  public KeyRange {
    after = after == null ? null : List.copyOf(after);
    upTo = upTo == null ? null : List.copyOf(upTo);
  }
}
