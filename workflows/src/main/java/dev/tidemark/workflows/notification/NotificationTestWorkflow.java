package dev.tidemark.workflows.notification;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Sends test messages from a worker, where the messages about batches come from. */
@WorkflowInterface
public interface NotificationTestWorkflow {

  @WorkflowMethod
  NotificationTestResult run(NotificationTestInput input);
}
