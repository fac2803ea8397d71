package dev.tidemark.workflows.table;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of the source are copied, and what becomes of their values on the way.
 *
 * @param filter condition in the SQL of the source; all rows when null
 * @param mask source column to how its values are hidden: {@code hash} or {@code redact}
 * @param deadLetters refused rows of one source that are kept apart; 0 for none: the first one
 *     fails the table
 */
public record RowSpec(@Nullable String filter, Map<String, String> mask, int deadLetters) {

  public static final RowSpec ALL = new RowSpec(null, Map.of());

  public RowSpec {
    mask = Map.copyOf(Objects.requireNonNull(mask, "mask"));
    if (deadLetters < 0) {
      throw new IllegalArgumentException("deadLetters cannot be negative");
    }
  }

  /** Rows of which the target must take all. */
  public RowSpec(@Nullable String filter, Map<String, String> mask) {
    this(filter, mask, 0);
  }
}
