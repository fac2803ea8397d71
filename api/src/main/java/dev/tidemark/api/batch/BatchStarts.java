package dev.tidemark.api.batch;

import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.workflows.batch.BatchInput;
import dev.tidemark.workflows.batch.BatchLabels;
import dev.tidemark.workflows.batch.SyncBatchWorkflow;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Starts the workflows of batches, so that they read well in the Temporal Web UI. */
@Component
final class BatchStarts {

  private final WorkflowClient client;
  private final String taskQueue;

  BatchStarts(WorkflowClient client, TidemarkConfiguration configuration) {
    this.client = client;
    this.taskQueue = configuration.worker().controlTaskQueue();
  }

  /**
   * Starts a batch that has never run.
   *
   * @return false when one of this id runs or ran
   */
  boolean start(BatchInput input) {
    return start(input, WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE);
  }

  /**
   * Starts a batch again that failed or was interrupted.
   *
   * @return false when it runs, or completed meanwhile
   */
  boolean restart(BatchInput input) {
    return start(input, WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY);
  }

  private boolean start(BatchInput input, WorkflowIdReusePolicy reuse) {
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(input.batchId())
            .setTaskQueue(taskQueue)
            .setWorkflowIdReusePolicy(reuse)
            .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
            .setMemo(Map.of(BatchInput.OPTIONS_MEMO, input.options()))
            .setTypedSearchAttributes(BatchLabels.searchAttributes(input))
            .setStaticSummary(BatchLabels.summary(input))
            .setStaticDetails(BatchLabels.details(input))
            .build();
    try {
      WorkflowClient.start(client.newWorkflowStub(SyncBatchWorkflow.class, options)::run, input);
      return true;
    } catch (WorkflowExecutionAlreadyStarted e) {
      return false;
    }
  }
}
