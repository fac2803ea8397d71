package dev.tidemark.workflows.schedule;

import dev.tidemark.workflows.SkippingServer;
import dev.tidemark.workflows.batch.Batches;
import dev.tidemark.workflows.batch.FakeControl;
import dev.tidemark.workflows.batch.SyncBatchWorkflow;
import dev.tidemark.workflows.batch.SyncBatchWorkflowImpl;
import dev.tidemark.workflows.notification.NotificationWorkflowImpl;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.FakeTables;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A server that skips time, a worker with fakes, and one run of a schedule. */
final class ScheduleServer implements AutoCloseable {

  static final String ID = "schedule:nightly-2025-11-08T14:30:52Z";

  private static final ErrorDetail NO_BATCH =
      new ErrorDetail("BATCH_NOT_CONFIGURED", "There is no batch.", "Add it.");
  private static final ScheduledBatchInput INPUT =
      new ScheduledBatchInput(
          "nightly",
          "branches",
          List.of("lmp"),
          List.of(),
          ScheduleOrigin.FILE,
          Map.of("cron", List.of("30 2 * * *"), "overlap", "skip"));

  private final TestWorkflowEnvironment environment;
  final FakeControl control;
  final FakeTables tables = new FakeTables();
  private final AtomicInteger asked = new AtomicInteger();

  /** The attempts to find the batch that fail. */
  private volatile int forgotten;

  ScheduleServer() {
    environment = SkippingServer.create();
    control = new FakeControl(client());
    control.source("lmp", Batches.tables("lmp", "a"));
    Worker worker = SkippingServer.worker(environment);
    worker.registerWorkflowImplementationTypes(
        ScheduledBatchWorkflowImpl.class,
        SyncBatchWorkflowImpl.class,
        NotificationWorkflowImpl.class);
    ScheduleActivities schedules =
        input -> {
          if (asked.incrementAndGet() <= forgotten) {
            throw ApplicationFailure.newFailure(NO_BATCH.message(), NO_BATCH.code(), NO_BATCH);
          }
          return Batches.of("lmp").spec();
        };
    worker.registerActivitiesImplementations(control, tables, schedules);
    environment.start();
  }

  /** The batch has left the configuration. */
  void forget() {
    forgetFor(Integer.MAX_VALUE);
  }

  /** So many attempts meet a worker whose configuration has not the batch. */
  void forgetFor(int attempts) {
    forgotten = attempts;
  }

  int asked() {
    return asked.get();
  }

  ScheduleServer begin() {
    WorkflowClient.start(
        client()
                .newWorkflowStub(
                    ScheduledBatchWorkflow.class,
                    WorkflowOptions.newBuilder()
                        .setWorkflowId(ID)
                        .setTaskQueue(SkippingServer.QUEUE)
                        .build())
            ::run,
        INPUT);
    return this;
  }

  /** Begins, and waits until the batch copies a table, which it does not finish. */
  ScheduleServer beginAndHold() {
    tables.hold("a");
    begin();
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> tables.starts("a") == 1);
    return this;
  }

  /** The id of the batch, once it is archived for the first time. */
  String batchId() {
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !control.archived().isEmpty());
    return control.archived().getFirst().progress().batchId();
  }

  SyncBatchWorkflow batch() {
    return client().newWorkflowStub(SyncBatchWorkflow.class, batchId());
  }

  WorkflowStub run() {
    return client().newUntypedWorkflowStub(ID);
  }

  /** How it closed, awaited. */
  WorkflowExecutionStatus status(String workflowId) {
    try {
      var ignored = client().newUntypedWorkflowStub(workflowId).getResult(Object.class);
    } catch (WorkflowFailedException e) {
      // How it failed is in the description.
    }
    return client().newUntypedWorkflowStub(workflowId).describe().getStatus();
  }

  WorkflowClient client() {
    return environment.getWorkflowClient();
  }

  WorkflowExecutionHistory history() {
    WorkflowExecutionStatus ignored = status(ID);
    return client().fetchHistory(ID);
  }

  @Override
  public void close() {
    environment.close();
  }
}
