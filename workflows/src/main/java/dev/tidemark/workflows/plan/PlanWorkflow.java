package dev.tidemark.workflows.plan;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Tells what a batch would do, and does nothing of it. Id: {@code plan_YYYYMMDD_HHMMSS_<8 random
 * characters>}.
 *
 * <p>Closes as Completed when all is told, also where something would refuse the batch.
 */
@WorkflowInterface
public interface PlanWorkflow {

  @WorkflowMethod
  BatchPlan run(PlanningInput input);

  @QueryMethod
  BatchPlan progress();
}
