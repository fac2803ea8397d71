package dev.tidemark.workflows.table;

import dev.tidemark.workflows.SearchAttributes;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The batch's care for one table, without the batch. */
public class SyncTableWorkflowImpl implements SyncTableWorkflow {

  private TableProgress progress;

  @WorkflowInit
  public SyncTableWorkflowImpl(TableTask task) {
    progress =
        new TableProgress(
            task.source(),
            task.targetTable(),
            TableStatus.PENDING,
            false,
            task.estimatedRows(),
            RowCounts.NONE,
            0,
            null,
            now(),
            null);
  }

  @Override
  public TableProgress run(TableTask task) {
    describe(task);
    try {
      TableResult result = syncUntilFinished(task);
      update(TableStatus.COMPLETED, result.counts(), result.retries(), null);
      progress = progress.withRemarks(result.remarks());
    } catch (ActivityFailure e) {
      if (ActivityOutcome.stopped(e)) {
        throw canceled();
      }
      throw failed(e);
    }
    status("completed");
    return progress;
  }

  @Override
  public TableProgress progress() {
    return progress;
  }

  /**
   * An attempt that leaves early without being asked to is scheduled again, after the wait for its
   * slice where that is what made it leave.
   */
  private TableResult syncUntilFinished(TableTask task) {
    TableTask next = task;
    while (true) {
      update(TableStatus.IN_PROGRESS, progress.counts(), 0, null);
      TableResult result =
          Workflow.newActivityStub(TableActivities.class, TableActivityOptions.of(next))
              .syncTable(next);
      if (result.finished()) {
        return result;
      }
      update(TableStatus.PENDING, result.counts(), result.retries(), null);
      if (CancellationScope.current().isCancelRequested()) {
        throw canceled();
      }
      awaitSlice(next, result);
      next = next.again();
    }
  }

  private static void awaitSlice(TableTask task, TableResult reached) {
    BusySlice slice = reached.busy();
    if (slice != null) {
      SliceWait wait =
          new SliceWait(
              task.source(), task.targetConnection(), slice, reached, task.estimatedRows());
      Workflow.newActivityStub(SliceActivities.class, SliceActivities.options(wait))
          .awaitSlice(wait);
    }
  }

  private void describe(TableTask task) {
    Workflow.upsertTypedSearchAttributes(
        SearchAttributes.STATUS.valueSet("running"),
        SearchAttributes.KIND.valueSet("table"),
        SearchAttributes.CONNECTION.valueSet(
            List.of(task.source().connection(), task.targetConnection())));
  }

  private CanceledFailure canceled() {
    update(TableStatus.PENDING, progress.counts(), 0, null);
    status("interrupted");
    return new CanceledFailure("interrupted");
  }

  private ApplicationFailure failed(ActivityFailure failure) {
    ErrorDetail error = ActivityOutcome.error(failure);
    TableResult result =
        ActivityOutcome.result(failure).orElse(new TableResult(false, progress.counts(), 0));
    update(TableStatus.FAILED, result.counts(), result.retries(), error);
    status("failed");
    return ApplicationFailure.newBuilder()
        .setMessage(error.message())
        .setType(error.code())
        .setDetails(error, new TableResult(false, progress.counts(), progress.retries()))
        .setNonRetryable(true)
        .build();
  }

  private void update(
      TableStatus status, RowCounts counts, int newRetries, @Nullable ErrorDetail error) {
    boolean ended = status == TableStatus.COMPLETED || status == TableStatus.FAILED;
    progress =
        new TableProgress(
            progress.table(),
            progress.targetTable(),
            status,
            false,
            progress.estimatedRows(),
            counts,
            progress.retries() + newRetries,
            error,
            progress.startedAt(),
            ended ? now() : null);
  }

  private static void status(String status) {
    Workflow.upsertTypedSearchAttributes(SearchAttributes.STATUS.valueSet(status));
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
