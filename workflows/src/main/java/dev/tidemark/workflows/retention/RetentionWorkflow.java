package dev.tidemark.workflows.retention;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Deletes closed batches that are older than the retention. Started by a schedule. */
@WorkflowInterface
public interface RetentionWorkflow {

  /** Returns how many batches were deleted. */
  @WorkflowMethod
  int run();
}
