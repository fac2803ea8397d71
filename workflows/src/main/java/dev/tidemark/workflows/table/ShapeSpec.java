package dev.tidemark.workflows.table;

import java.util.Map;
import java.util.Objects;

/**
 * What may become of a target table, and of values on their way into it.
 *
 * @param widen whether columns that the source gained are added, and types widened where that is
 *     safe
 * @param lose whether values may be changed where the target's columns hold less
 * @param cast source column to the type of the target's column, in the SQL of the target, where
 *     Tidemark makes that column
 */
public record ShapeSpec(boolean widen, boolean lose, Map<String, String> cast) {

  public static final ShapeSpec STRICT = new ShapeSpec(false, false, Map.of());

  public ShapeSpec {
    cast = Map.copyOf(Objects.requireNonNull(cast, "cast"));
  }
}
