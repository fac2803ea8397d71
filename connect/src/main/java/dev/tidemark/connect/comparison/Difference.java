package dev.tidemark.connect.comparison;

import java.util.List;
import java.util.Objects;

/**
 * A key of which the two sides say different things.
 *
 * @param key its values in their canonical text, one for each key column of the source; none where
 *     the table has no key
 */
public record Difference(List<String> key, Kind kind) {

  /** What is wrong with a key. */
  public enum Kind {
    /** Only the source has it. */
    MISSING("is missing in the target"),
    /** Only the slice of the target has it. */
    EXTRA("is only in the target"),
    /** Both have it, with different columns. */
    DIFFERENT("differs");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  public Difference {
    key = List.copyOf(key);
    Objects.requireNonNull(kind, "kind");
  }

  /** Such as {@code 5, lmp differs}. */
  @Override
  public String toString() {
    return (key.isEmpty() ? "a row" : String.join(", ", key)) + " " + kind.words;
  }
}
