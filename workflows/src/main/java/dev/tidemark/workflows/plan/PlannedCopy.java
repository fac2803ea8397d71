package dev.tidemark.workflows.plan;

import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.TableId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One table of a plan.
 *
 * @param plan what would become of it; null until that is known, and where it cannot be
 * @param refusals why it could not be copied; empty when it could
 */
public record PlannedCopy(
    TableId table, String targetTable, @Nullable TablePlan plan, List<ErrorDetail> refusals) {

  public PlannedCopy {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(targetTable, "targetTable");
    refusals = List.copyOf(refusals);
  }

  /** Whether nothing more will be told of it. */
  boolean told() {
    return plan != null || !refusals.isEmpty();
  }
}
