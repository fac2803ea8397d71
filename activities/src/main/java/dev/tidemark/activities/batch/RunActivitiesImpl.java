package dev.tidemark.activities.batch;

import dev.tidemark.workflows.batch.RunActivities;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowTargetOptions;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Acts on the run that asks for it, through Temporal's API. */
public final class RunActivitiesImpl implements RunActivities {

  private static final Logger log = LoggerFactory.getLogger(RunActivitiesImpl.class);

  private final WorkflowClient client;

  public RunActivitiesImpl(WorkflowClient client) {
    this.client = Objects.requireNonNull(client, "client");
  }

  @Override
  public void requestCancel() {
    ActivityInfo caller = Activity.getExecutionContext().getInfo();
    WorkflowTargetOptions run =
        WorkflowTargetOptions.newBuilder()
            .setWorkflowId(Objects.requireNonNull(caller.getWorkflowId(), "workflow"))
            .setRunId(Objects.requireNonNull(caller.getWorkflowRunId(), "run"))
            .build();
    try {
      client.newUntypedWorkflowStub(run).cancel();
    } catch (WorkflowNotFoundException e) {
      // Somebody terminated it in the meantime: there is nothing left to cancel.
      log.info("The run {} has closed already", caller.getWorkflowId());
    }
  }
}
