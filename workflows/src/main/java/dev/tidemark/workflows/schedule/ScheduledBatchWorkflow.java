package dev.tidemark.workflows.schedule;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One run of a schedule: a batch of its own id, started and awaited. Id: {@code schedule:<name>}
 * with the time that Temporal appends.
 *
 * <p>It lasts as long as its batch, so that Temporal's overlap policies hold for batches. Canceling
 * it interrupts the batch, terminating it terminates the batch. It fails when the batch does, so
 * that a schedule can pause on failure, and completes when somebody interrupted the batch.
 *
 * <p>The memo {@value #BATCH_MEMO} names the batch as soon as there is one.
 */
@WorkflowInterface
public interface ScheduledBatchWorkflow {

  /** Key of the memo that holds the batch's id. */
  String BATCH_MEMO = "batchId";

  /** What stands before the name of a schedule in its id, and in the ids of its workflows. */
  String ID_PREFIX = "schedule:";

  @WorkflowMethod
  ScheduledBatchEnd run(ScheduledBatchInput input);
}
