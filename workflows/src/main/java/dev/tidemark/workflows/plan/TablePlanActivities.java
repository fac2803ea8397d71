package dev.tidemark.workflows.plan;

import io.temporal.activity.ActivityInterface;

/** Control work: what a batch would do to tables. */
@ActivityInterface
public interface TablePlanActivities {

  /**
   * Looks at tables on both sides, and changes nothing. What would refuse a table is part of its
   * plan.
   *
   * @throws io.temporal.failure.ApplicationFailure when a database cannot be asked, with an error
   *     code as its type and an {@link dev.tidemark.workflows.table.ErrorDetail} as its first
   *     detail
   */
  TablePlans planTables(TablesToPlan tables);
}
