package dev.tidemark.workflows.plan;

import java.util.Objects;

/**
 * A column whose values do not all arrive as they are.
 *
 * @param column of the source
 * @param target name of the column written
 * @param sourceType as the source spells it
 * @param targetType as the target spells it
 * @param fidelity exact where only some values are refused, lossy, impossible, missing where the
 *     target has no such column, or computed where the target computes it itself
 * @param loss what would be lost; empty where nothing is
 * @param refused values that would fail their rows; empty where none would
 * @param remedy by what it would pass; empty where it does
 */
public record ColumnPlan(
    String column,
    String target,
    String sourceType,
    String targetType,
    String fidelity,
    String loss,
    String refused,
    String remedy) {

  public ColumnPlan {
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(sourceType, "sourceType");
    Objects.requireNonNull(targetType, "targetType");
    Objects.requireNonNull(fidelity, "fidelity");
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(refused, "refused");
    Objects.requireNonNull(remedy, "remedy");
  }
}
