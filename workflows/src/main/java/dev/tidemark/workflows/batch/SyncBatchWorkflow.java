package dev.tidemark.workflows.batch;

import dev.tidemark.workflows.table.TableId;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Tables of many sources into one target, one activity per table. Id: {@code
 * sync_YYYYMMDD_HHMMSS_<8 random characters>}.
 *
 * <p>Closes as Completed when every table completed or was skipped, as Failed when one failed, as
 * Canceled when it was interrupted or canceled. An interrupted or failed batch is resumed by
 * starting the same id again with the tables of the run before as {@link BatchInput#carried}.
 *
 * <p>Updates are refused by their validators when they make no sense in the present state; the
 * refusal says why.
 */
@WorkflowInterface
public interface SyncBatchWorkflow {

  @WorkflowMethod
  BatchProgress run(BatchInput input);

  @QueryMethod
  BatchProgress progress();

  /** Finishes the chunks in flight and starts no others until {@link #resume()}. */
  @UpdateMethod
  void pause();

  @UpdateValidatorMethod(updateName = "pause")
  void validatePause();

  @UpdateMethod
  void resume();

  @UpdateValidatorMethod(updateName = "resume")
  void validateResume();

  /** Finishes the chunks in flight, archives, and closes as Canceled; to be resumed by its id. */
  @UpdateMethod
  void interrupt(String reason);

  @UpdateValidatorMethod(updateName = "interrupt")
  void validateInterrupt(String reason);

  /** Leaves the table out, or stops it after its chunk; what was copied stays. */
  @UpdateMethod
  void skipTable(TableId table);

  @UpdateValidatorMethod(updateName = "skipTable")
  void validateSkipTable(TableId table);

  /** Puts a failed or skipped table back in the queue. */
  @UpdateMethod
  void retryTable(TableId table);

  @UpdateValidatorMethod(updateName = "retryTable")
  void validateRetryTable(TableId table);

  @UpdateMethod
  void pauseTable(TableId table);

  @UpdateValidatorMethod(updateName = "pauseTable")
  void validatePauseTable(TableId table);

  @UpdateMethod
  void resumeTable(TableId table);

  @UpdateValidatorMethod(updateName = "resumeTable")
  void validateResumeTable(TableId table);
}
