package dev.tidemark.workflows.letter;

import dev.tidemark.workflows.SearchAttributes;
import dev.tidemark.workflows.table.ActivityOutcome;
import dev.tidemark.workflows.table.BusySlice;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.SliceActivities;
import dev.tidemark.workflows.table.SliceWait;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableResult;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import java.util.List;

/** Waits for busy slices, as a table does. */
public class RetryLettersWorkflowImpl implements RetryLettersWorkflow {

  private LetterResult result = LetterResult.NONE;

  @Override
  public LetterResult run(LetterTask task) {
    Workflow.upsertTypedSearchAttributes(
        SearchAttributes.KIND.valueSet("letters"),
        SearchAttributes.STATUS.valueSet("running"),
        SearchAttributes.CONNECTION.valueSet(List.of(task.connection())));
    try {
      retryUntilNoneIsBusy(task);
    } catch (ActivityFailure e) {
      if (ActivityOutcome.stopped(e)) {
        status("interrupted");
        throw new CanceledFailure("interrupted");
      }
      status("failed");
      throw failed(ActivityOutcome.error(e));
    }
    status("completed");
    return result;
  }

  @Override
  public LetterResult progress() {
    return result;
  }

  private void retryUntilNoneIsBusy(LetterTask task) {
    LetterTask next = task;
    while (true) {
      result =
          result.plus(
              Workflow.newActivityStub(LetterActivities.class, LetterActivities.options(next))
                  .retryLetters(next));
      BusySlice busy = result.busy();
      if (busy == null) {
        return;
      }
      await(task, busy);
      next = next.again();
    }
  }

  private static void await(LetterTask task, BusySlice busy) {
    SliceWait wait =
        new SliceWait(
            new TableId(task.connection(), "", task.table()),
            task.connection(),
            busy,
            new TableResult(false, RowCounts.NONE, 0),
            0);
    Workflow.newActivityStub(SliceActivities.class, SliceActivities.options(wait)).awaitSlice(wait);
  }

  private static ApplicationFailure failed(ErrorDetail error) {
    return ApplicationFailure.newBuilder()
        .setMessage(error.message())
        .setType(error.code())
        .setDetails(error)
        .setNonRetryable(true)
        .build();
  }

  private static void status(String status) {
    Workflow.upsertTypedSearchAttributes(SearchAttributes.STATUS.valueSet(status));
  }
}
