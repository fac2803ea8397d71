package dev.tidemark.api.run;

import dev.tidemark.connect.configuration.TidemarkConfiguration;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.workflow.Functions.Func1;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Starts runs that nobody starts again: what they found stays theirs. */
@Component
public final class OneTimeRuns {

  private final WorkflowClient client;
  private final String taskQueue;

  OneTimeRuns(WorkflowClient client, TidemarkConfiguration configuration) {
    this.client = client;
    this.taskQueue = configuration.worker().controlTaskQueue();
  }

  /**
   * Starts a run, unless an earlier request with the same idempotency key has started it.
   *
   * @param run the workflow's method
   */
  public <W, I, R> void start(
      Class<W> workflow, Function<W, Func1<I, R>> run, I input, String id, RunLabels labels) {
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(id)
            .setTaskQueue(taskQueue)
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
            .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
            .setTypedSearchAttributes(labels.searchAttributes())
            .setStaticSummary(labels.summary())
            .build();
    try {
      WorkflowClient.start(run.apply(client.newWorkflowStub(workflow, options)), input);
    } catch (WorkflowExecutionAlreadyStarted e) {
      return;
    }
  }
}
