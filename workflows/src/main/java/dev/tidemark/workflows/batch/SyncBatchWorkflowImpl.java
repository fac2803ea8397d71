package dev.tidemark.workflows.batch;

import dev.tidemark.workflows.SearchAttributes;
import dev.tidemark.workflows.notification.EndedRun;
import dev.tidemark.workflows.notification.NotificationRuns;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableStatus;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * The story of a batch.
 *
 * <p>Everything runs detached from the cancellation of the workflow: a cancel is one more reason to
 * interrupt, so that both ways to stop a batch finish the chunks in flight, archive and notify.
 */
public class SyncBatchWorkflowImpl implements SyncBatchWorkflow {

  private static final Logger log = Workflow.getLogger(SyncBatchWorkflowImpl.class);

  private final BatchState state;
  private final BatchOrders orders;
  private final TableRunner runner;
  private final BatchArchiver archiver;
  private final BatchVerifier verifier;
  private final NotificationActivities notifications =
      Workflow.newActivityStub(NotificationActivities.class, controlOptions());
  private final RunActivities thisRun =
      Workflow.newActivityStub(RunActivities.class, controlOptions());

  /** Before the first order can arrive. */
  @WorkflowInit
  public SyncBatchWorkflowImpl(BatchInput input) {
    boolean continued = Workflow.getInfo().getContinuedExecutionRunId().isPresent();
    state = new BatchState(input, FirstRows.of(input, continued), now());
    orders = new BatchOrders(state);
    runner = new TableRunner(state);
    archiver = new BatchArchiver(state);
    verifier = new BatchVerifier(state);
  }

  @Override
  public BatchProgress run(BatchInput input) {
    Promise<String> canceled = CancellationScope.current().getCancellationRequest();
    canceled.thenApply(this::interruptedByCancel);
    Workflow.newDetachedCancellationScope(() -> sync(canceled)).run();
    return state.progress();
  }

  private void sync(Promise<String> canceled) {
    describeRun();
    if (Workflow.getVersion("table-order", Workflow.DEFAULT_VERSION, 1) > 0) {
      runner.order();
    }
    do {
      Promise<Void> archiving = archiver.start();
      do {
        do {
          syncTables();
        } while (!state.stopping() && state.retryRelated());
        verifier.verify();
        // Meanwhile a table may have been put back in the queue.
      } while (state.anyOpen() && !state.stopping());
      archiver.close();
      archiving.get();
      // And while the last write was under way.
    } while (state.anyOpen() && !state.stopping());
    if (state.draining() && state.interruption() == null) {
      continueAsNew();
    }
    BatchStatus end = endStatus();
    close(end);
    switch (end) {
      case COMPLETED, RUNNING -> {}
      case FAILED -> throw failure();
      case INTERRUPTED -> throw cancellation(canceled);
    }
  }

  private void syncTables() {
    boolean planned = state.planned();
    while (true) {
      if (!state.stopping() && continueAsNewSuggested()) {
        state.drain();
      }
      startWhatMay();
      if (!planned && state.planned()) {
        planned = true;
        archiver.hurry();
      }
      Workflow.setCurrentDetails(BatchOverview.markdown(state));
      if (!state.anyRunning() && (state.stopping() || !state.anyOpen())) {
        return;
      }
      long seen = state.changes();
      Workflow.await(() -> state.changes() != seen);
    }
  }

  private void startWhatMay() {
    Optional<TableState> source = state.nextSource();
    while (source.isPresent()) {
      runner.plan(source.get());
      source = state.nextSource();
    }
    Optional<TableState> table = state.nextTable();
    while (table.isPresent()) {
      runner.sync(table.get());
      table = state.nextTable();
    }
  }

  /** Overridden by tests, which cannot make a server suggest it early. */
  protected boolean continueAsNewSuggested() {
    return Workflow.getInfo().isContinueAsNewSuggested();
  }

  private void continueAsNew() {
    Workflow.await(Workflow::isEveryHandlerFinished);
    Workflow.continueAsNew(state.continued());
  }

  private BatchStatus endStatus() {
    if (state.interruption() != null) {
      return BatchStatus.INTERRUPTED;
    }
    BatchProgress progress = state.progress();
    return progress.tables().isEmpty() || progress.count(TableStatus.FAILED) > 0
        ? BatchStatus.FAILED
        : BatchStatus.COMPLETED;
  }

  /** The status is final before anything here waits, so that orders are refused from now on. */
  private void close(BatchStatus end) {
    state.end(end, now());
    status(end == BatchStatus.INTERRUPTED ? "interrupted" : end.name().toLowerCase(Locale.ROOT));
    Workflow.setCurrentDetails(BatchOverview.markdown(state));
    archiver.archive();
    tell();
    Workflow.await(Workflow::isEveryHandlerFinished);
  }

  /** By a workflow that outlives this run: who is away keeps no batch open. */
  private void tell() {
    if (Workflow.getVersion("notification-workflow", Workflow.DEFAULT_VERSION, 1) > 0) {
      NotificationRuns.start(new EndedRun(NotificationRuns.thisRun(), state.progress()));
      return;
    }
    try {
      notifications.batchEnded(state.progress());
    } catch (ActivityFailure e) {
      log.warn("Nobody could be notified of the end of the batch", e);
    }
  }

  private ApplicationFailure failure() {
    return ApplicationFailure.newNonRetryableFailure(
        BatchOverview.failures(state.progress()), "BATCH_FAILED");
  }

  /** A run closes as Canceled only when its cancellation was requested, so this requests it. */
  private RuntimeException cancellation(Promise<String> canceled) {
    if (!canceled.isCompleted()) {
      try {
        thisRun.requestCancel();
      } catch (ActivityFailure e) {
        log.warn("The run could not request its cancellation and closes as failed", e);
        return ApplicationFailure.newNonRetryableFailure(
            "interrupted: " + state.interruption(), "BATCH_INTERRUPTED");
      }
      Workflow.await(canceled::isCompleted);
    }
    return new CanceledFailure("interrupted: " + state.interruption());
  }

  private String interruptedByCancel(String reason) {
    state.interrupt(reason == null || reason.isBlank() ? "canceled" : reason);
    return "";
  }

  private void describeRun() {
    BatchSpec spec = state.input().spec();
    Workflow.upsertTypedSearchAttributes(
        SearchAttributes.STATUS.valueSet(state.paused() ? "paused" : "running"),
        SearchAttributes.KIND.valueSet(RunIds.kindOf(state.input().batchId())),
        SearchAttributes.BATCH.valueSet(spec.name()),
        SearchAttributes.CONNECTION.valueSet(BatchLabels.connections(spec)));
  }

  private static void status(String status) {
    Workflow.upsertTypedSearchAttributes(SearchAttributes.STATUS.valueSet(status));
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  private static ActivityOptions controlOptions() {
    return ActivityOptions.newBuilder()
        .setStartToCloseTimeout(Duration.ofSeconds(30))
        .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(5).build())
        .build();
  }

  @Override
  public BatchProgress progress() {
    return state.progress();
  }

  @Override
  public void pause() {
    state.pause();
    status("paused");
  }

  @Override
  public void validatePause() {
    orders.checkPause();
  }

  @Override
  public void resume() {
    state.resume();
    status("running");
  }

  @Override
  public void validateResume() {
    orders.checkResume();
  }

  @Override
  public void interrupt(String reason) {
    state.interrupt(reason);
  }

  @Override
  public void validateInterrupt(String reason) {
    orders.checkInterrupt();
  }

  @Override
  public void skipTable(TableId table) {
    orders.find(table).skip(now());
    state.changed();
  }

  @Override
  public void validateSkipTable(TableId table) {
    orders.checkSkip(table);
  }

  @Override
  public void retryTable(TableId table) {
    orders.find(table).retry();
    state.changed();
  }

  @Override
  public void validateRetryTable(TableId table) {
    orders.checkRetry(table);
  }

  @Override
  public void pauseTable(TableId table) {
    orders.find(table).pause();
    state.changed();
  }

  @Override
  public void validatePauseTable(TableId table) {
    orders.checkPauseTable(table);
  }

  @Override
  public void resumeTable(TableId table) {
    orders.find(table).resume();
    state.changed();
  }

  @Override
  public void validateResumeTable(TableId table) {
    orders.checkResumeTable(table);
  }
}
