package dev.tidemark.workflows.schedule;

import dev.tidemark.workflows.SearchAttributes;
import dev.tidemark.workflows.batch.BatchInput;
import dev.tidemark.workflows.batch.BatchLabels;
import dev.tidemark.workflows.batch.BatchOptions;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.batch.RunIds;
import dev.tidemark.workflows.batch.SyncBatchWorkflow;
import dev.tidemark.workflows.notification.EndedRun;
import dev.tidemark.workflows.notification.NotificationRuns;
import dev.tidemark.workflows.table.ActivityOutcome;
import dev.tidemark.workflows.table.ErrorDetail;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Resolves, starts, awaits. */
public class ScheduledBatchWorkflowImpl implements ScheduledBatchWorkflow {

  private static final RetryOptions FOR_MINUTES =
      RetryOptions.newBuilder()
          .setInitialInterval(Duration.ofSeconds(1))
          .setBackoffCoefficient(2)
          .setMaximumInterval(Duration.ofSeconds(30))
          // 31 s until the pause is as long as it gets, then eight times that: some four minutes.
          // Not a time in all, which would also count how long no worker is there.
          .setMaximumAttempts(14)
          .build();

  private final ScheduleActivities schedules =
      Workflow.newActivityStub(
          ScheduleActivities.class,
          ActivityOptions.newBuilder()
              .setStartToCloseTimeout(Duration.ofSeconds(30))
              .setRetryOptions(FOR_MINUTES)
              .build());

  @Override
  public ScheduledBatchEnd run(ScheduledBatchInput input) {
    status("running");
    BatchInput batch =
        BatchInput.first(
            RunIds.create(RunIds.BATCH, now(), Workflow.newRandom()),
            resolve(input),
            new BatchOptions(input.connections(), input.tables(), "schedule " + input.schedule()));
    Workflow.upsertMemo(Map.of(BATCH_MEMO, batch.batchId()));
    Workflow.setCurrentDetails("Batch `" + batch.batchId() + "`");
    return new ScheduledBatchEnd(batch.batchId(), sync(batch));
  }

  private BatchSpec resolve(ScheduledBatchInput input) {
    try {
      return schedules.resolveBatch(input);
    } catch (ActivityFailure e) {
      boolean canceled = e.getCause() instanceof CanceledFailure;
      status(canceled ? "interrupted" : "failed");
      if (!canceled && Workflow.getVersion("tell-of-no-batch", Workflow.DEFAULT_VERSION, 1) > 0) {
        NotificationRuns.start(withoutBatch(input, ActivityOutcome.error(e)));
      }
      throw e.getCause() instanceof ApplicationFailure failure ? again(failure) : e;
    }
  }

  /** As a batch of the id of this run, which ended before it had tables. */
  private static EndedRun withoutBatch(ScheduledBatchInput input, ErrorDetail error) {
    BatchProgress nothing =
        new BatchProgress(
            Workflow.getInfo().getWorkflowId(),
            input.batch(),
            BatchStatus.FAILED,
            false,
            false,
            List.of(),
            Instant.ofEpochMilli(Workflow.getInfo().getRunStartedTimestampMillis()),
            now());
    return new EndedRun(NotificationRuns.thisRun(), nothing, error);
  }

  private static BatchStatus sync(BatchInput batch) {
    SyncBatchWorkflow child =
        Workflow.newChildWorkflowStub(SyncBatchWorkflow.class, options(batch));
    try {
      BatchStatus end = child.run(batch).status();
      status(end.name().toLowerCase(Locale.ROOT));
      return end;
    } catch (ChildWorkflowFailure e) {
      if (e.getCause() instanceof CanceledFailure canceled) {
        status("interrupted");
        if (CancellationScope.current().isCancelRequested()) {
          throw canceled;
        }
        return BatchStatus.INTERRUPTED;
      }
      status("failed");
      throw e.getCause() instanceof ApplicationFailure failure ? again(failure) : e;
    }
  }

  /** Its own words, without those of the activity or the workflow that brought it. */
  private static ApplicationFailure again(ApplicationFailure failure) {
    return ApplicationFailure.newNonRetryableFailure(
        failure.getOriginalMessage(), failure.getType());
  }

  private static ChildWorkflowOptions options(BatchInput batch) {
    return ChildWorkflowOptions.newBuilder()
        .setWorkflowId(batch.batchId())
        .setMemo(Map.of(BatchInput.OPTIONS_MEMO, batch.options()))
        .setTypedSearchAttributes(BatchLabels.searchAttributes(batch))
        .setStaticSummary(BatchLabels.summary(batch))
        .setStaticDetails(BatchLabels.details(batch))
        // Chunks in flight are finished, and the batch is archived, before the next one starts.
        .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_TERMINATE)
        .build();
  }

  private static void status(String status) {
    Workflow.upsertTypedSearchAttributes(SearchAttributes.STATUS.valueSet(status));
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
