package dev.tidemark.activities.retention;

import dev.tidemark.workflows.notification.EndedRun;
import dev.tidemark.workflows.notification.NotificationRuns;
import dev.tidemark.workflows.notification.NotificationWorkflow;
import io.temporal.activity.Activity;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets people be told of runs that could not see to that themselves: they were terminated. */
final class UntoldEnds {

  private static final Logger log = LoggerFactory.getLogger(UntoldEnds.class);

  private final WorkflowClient client;

  UntoldEnds(WorkflowClient client) {
    this.client = client;
  }

  /** By workers on the queue of the calling activity; once, however often it is asked for. */
  void tell(EndedRun ended) {
    NotificationWorkflow notification =
        client.newWorkflowStub(
            NotificationWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(NotificationRuns.id(ended))
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                .setTaskQueue(Activity.getExecutionContext().getInfo().getActivityTaskQueue())
                .setTypedSearchAttributes(NotificationRuns.searchAttributes(ended))
                .setStaticSummary(NotificationRuns.summary(ended))
                .setStaticDetails(NotificationRuns.details(ended))
                .build());
    try {
      var ignored = WorkflowClient.start(notification::run, ended);
    } catch (WorkflowExecutionAlreadyStarted e) {
      log.debug("{} tells of that end already", e.getExecution().getWorkflowId());
    }
  }
}
