package dev.tidemark.workflows.notification;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Tells everybody who wants to know how a run ended, and goes on trying for a day where somebody is
 * away. Id: {@code notification:<batch id>:<run id>}, so that one end is told about once.
 *
 * <p>It outlives the run that starts it: a receiver that is away keeps no batch open. It fails when
 * somebody was not told in the end.
 */
@WorkflowInterface
public interface NotificationWorkflow {

  @WorkflowMethod
  void run(EndedRun ended);
}
