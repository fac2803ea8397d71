package dev.tidemark.workflows.retention;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Mends what a terminated or lost run left in the archive. Started by a schedule. */
@WorkflowInterface
public interface ReconcileWorkflow {

  /** Returns how many batches were mended. */
  @WorkflowMethod
  int run();
}
