package dev.tidemark.activities.retention;

import dev.tidemark.connect.control.ArchivedBatch;
import dev.tidemark.connect.control.BatchArchive;
import dev.tidemark.connect.control.Notifications;
import dev.tidemark.specs.batch.ArchivedProgress;
import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.batch.ArchiveActivities;
import dev.tidemark.workflows.batch.ArchiveInput;
import dev.tidemark.workflows.batch.BatchOptions;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.batch.SyncBatchWorkflow;
import dev.tidemark.workflows.notification.EndedRun;
import dev.tidemark.workflows.retention.ArchiveMaintenanceActivities;
import io.grpc.Context;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowTargetOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the archive with what Temporal knows. */
public final class ArchiveMaintenanceActivitiesImpl implements ArchiveMaintenanceActivities {

  private static final Logger log = LoggerFactory.getLogger(ArchiveMaintenanceActivitiesImpl.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** How long after its end a run may still find a worker that lets it answer. */
  private static final Duration HOPE = Duration.ofHours(1);

  private static final ScheduledExecutorService DEADLINES =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tidemark-query-deadline").factory());

  private final BatchArchive batches;
  private final Notifications notifications;
  private final ArchiveActivities archive;
  private final WorkflowClient client;
  private final UntoldEnds untold;
  private final Duration retention;
  private final Clock clock;

  /**
   * @param archive writes the end of a batch whose workflow closed while the archive was away
   * @param retention how long closed batches stay
   */
  public ArchiveMaintenanceActivitiesImpl(
      BatchArchive batches,
      Notifications notifications,
      ArchiveActivities archive,
      WorkflowClient client,
      Duration retention,
      Clock clock) {
    this.batches = Objects.requireNonNull(batches, "batches");
    this.notifications = Objects.requireNonNull(notifications, "notifications");
    this.archive = Objects.requireNonNull(archive, "archive");
    this.client = Objects.requireNonNull(client, "client");
    this.untold = new UntoldEnds(client);
    this.retention = Objects.requireNonNull(retention, "retention");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  @Override
  public int deleteExpired() {
    Instant expired = clock.instant().minus(retention);
    int deleted = batches.deleteClosedBefore(expired);
    int forgotten = notifications.deleteBefore(expired);
    if (forgotten > 0) {
      log.info("{} notes of notifications are forgotten", forgotten);
    }
    if (deleted > 0) {
      log.info("{} batches that closed more than {} ago left the archive", deleted, retention);
    }
    return deleted;
  }

  @Override
  public int reconcile() {
    int mended = 0;
    for (String batchId : batches.running()) {
      if (reconcile(batchId)) {
        log.info("Batch {} was archived as running, but its workflow has closed", batchId);
        mended++;
      }
    }
    return mended;
  }

  private boolean reconcile(String batchId) {
    // Read before Temporal is asked: should the batch be resumed meanwhile, the archive moves on.
    Optional<ArchivedBatch> known = batches.find(batchId);
    return known.isPresent() && reconcile(known.get());
  }

  private boolean reconcile(ArchivedBatch known) {
    WorkflowExecutionDescription run;
    try {
      run = client.newUntypedWorkflowStub(known.batchId()).describe();
    } catch (WorkflowNotFoundException e) {
      // Without a run's id: another state of the same batch may be lost some day.
      tell(known, "lost-" + known.recordedAt().toEpochMilli(), clock.instant());
      return batches.closeAbandoned(
          known.batchId(), "interrupted", clock.instant(), known.recordedAt());
    }
    Optional<String> end = end(run.getStatus());
    if (end.isEmpty()) {
      return false;
    }
    @Nullable Instant closed = run.getCloseTime();
    Optional<BatchProgress> answer = answer(run.getExecution());
    boolean couldTell = endedItself(run.getStatus());
    if (answer.isPresent() && answer.get().endedAt() != null) {
      if (!couldTell) {
        untold.tell(new EndedRun(run.getExecution().getRunId(), answer.get()));
      }
      archiveEnd(known, answer.get());
      return true;
    }
    if (answer.isEmpty() && couldTell && mayAnswerLater(closed)) {
      return false;
    }
    if (!couldTell) {
      tell(known, run.getExecution().getRunId(), closed == null ? clock.instant() : closed);
    }
    return closed == null
        ? batches.closeAbandoned(known.batchId(), end.get(), clock.instant(), known.recordedAt())
        : batches.closeAbandoned(known.batchId(), end.get(), closed, closed);
  }

  /**
   * Lets people be told of a run that could not tell of its end itself. Before the archive is
   * mended, since it is the archive that brings us here again when this fails; the id sees to it
   * that one end is told about once.
   */
  private void tell(ArchivedBatch known, String runId, Instant end) {
    Optional<ArchivedBatch> now = batches.find(known.batchId());
    if (!now.equals(Optional.of(known))) {
      // It has been resumed meanwhile.
      return;
    }
    BatchProgress before = ArchivedProgress.of(known, batches.tables(known.batchId()));
    untold.tell(
        new EndedRun(
            runId,
            new BatchProgress(
                before.batchId(),
                before.name(),
                BatchStatus.INTERRUPTED,
                false,
                before.planned(),
                before.tables(),
                before.startedAt(),
                end,
                before.verification(),
                before.interruption())));
  }

  private boolean mayAnswerLater(@Nullable Instant closed) {
    return closed != null && clock.instant().isBefore(closed.plus(HOPE));
  }

  private void archiveEnd(ArchivedBatch known, BatchProgress end) {
    archive.archive(
        new ArchiveInput(
            PayloadJson.read(known.specJson(), BatchSpec.class),
            PayloadJson.read(known.optionsJson(), BatchOptions.class),
            end));
  }

  /** How the run stood when it closed; empty when nobody answers now. */
  private Optional<BatchProgress> answer(WorkflowExecution run) {
    try {
      return Optional.of(progress(run));
    } catch (WorkflowException e) {
      log.debug("Batch {} does not answer how it ended", run.getWorkflowId(), e);
      return Optional.empty();
    }
  }

  /** Asked with a deadline: where nobody works on its queue, a run does not answer. */
  private BatchProgress progress(WorkflowExecution run) {
    SyncBatchWorkflow batch =
        client.newWorkflowStub(
            SyncBatchWorkflow.class,
            WorkflowTargetOptions.newBuilder().setWorkflowExecution(run).build());
    try (Context.CancellableContext patience =
        Context.current()
            .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS, DEADLINES)) {
      return patience.wrap(batch::progress).call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a query throws nothing that is checked", e);
    }
  }

  /** Whether the run came to its own end, which it knows; one that was cut short does not. */
  private static boolean endedItself(WorkflowExecutionStatus status) {
    return status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED
        || status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED
        || status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED;
  }

  /** What the archive calls it, empty while it runs. */
  private static Optional<String> end(WorkflowExecutionStatus status) {
    return switch (status) {
      case WORKFLOW_EXECUTION_STATUS_COMPLETED -> Optional.of("completed");
      case WORKFLOW_EXECUTION_STATUS_FAILED -> Optional.of("failed");
      case WORKFLOW_EXECUTION_STATUS_CANCELED,
          WORKFLOW_EXECUTION_STATUS_TERMINATED,
          WORKFLOW_EXECUTION_STATUS_TIMED_OUT ->
          Optional.of("interrupted");
      case WORKFLOW_EXECUTION_STATUS_RUNNING,
          WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW,
          WORKFLOW_EXECUTION_STATUS_PAUSED,
          WORKFLOW_EXECUTION_STATUS_UNSPECIFIED,
          UNRECOGNIZED ->
          Optional.empty();
    };
  }
}
