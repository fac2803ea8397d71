package dev.tidemark.workflows.batch;

import dev.tidemark.workflows.table.TableProgress;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;

/** A batch that continues as new in its first run, as soon as a table is paused. */
public class HastyBatch extends SyncBatchWorkflowImpl {

  @WorkflowInit
  public HastyBatch(BatchInput input) {
    super(input);
  }

  @Override
  public BatchProgress run(BatchInput input) {
    return super.run(input);
  }

  @Override
  protected boolean continueAsNewSuggested() {
    return Workflow.getInfo().getContinuedExecutionRunId().isEmpty()
        && progress().tables().stream().anyMatch(TableProgress::paused);
  }
}
