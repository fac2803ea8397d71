package dev.tidemark.workflows.batch;

import dev.tidemark.workflows.SkippingServer;
import dev.tidemark.workflows.notification.NotificationWorkflowImpl;
import dev.tidemark.workflows.table.FakeTables;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableStatus;
import dev.tidemark.workflows.verification.FakeVerifications;
import dev.tidemark.workflows.verification.VerifyWorkflowImpl;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;

/** A server that skips time, a worker with fakes, and a batch to steer. */
public final class BatchServer implements AutoCloseable {

  private final TestWorkflowEnvironment environment;
  final FakeControl control;
  final FakeTables tables = new FakeTables();
  final FakeVerifications verifications = new FakeVerifications();

  BatchServer(Class<? extends SyncBatchWorkflow> implementation) {
    this(implementation, WorkerFactoryOptions.getDefaultInstance());
  }

  BatchServer(Class<? extends SyncBatchWorkflow> implementation, WorkerFactoryOptions workers) {
    environment = SkippingServer.create(workers);
    control = new FakeControl(environment.getWorkflowClient());
    Worker worker = SkippingServer.worker(environment);
    worker.registerWorkflowImplementationTypes(
        implementation, VerifyWorkflowImpl.class, NotificationWorkflowImpl.class);
    worker.registerActivitiesImplementations(control, tables, verifications);
    environment.start();
  }

  static BatchServer start() {
    return new BatchServer(SyncBatchWorkflowImpl.class);
  }

  SyncBatchWorkflow begin(BatchInput input) {
    SyncBatchWorkflow batch =
        client()
            .newWorkflowStub(
                SyncBatchWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(input.batchId())
                    .setTaskQueue(SkippingServer.QUEUE)
                    .setWorkflowIdReusePolicy(
                        WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY)
                    .build());
    WorkflowClient.start(batch::run, input);
    return batch;
  }

  /** Runs the batch to its end, however it ends, and says how it stands then. */
  BatchProgress run(BatchInput input) {
    begin(input);
    return end();
  }

  /** Waits for the end of the run, however it ends. */
  BatchProgress end() {
    WorkflowExecutionStatus ignored = status();
    return progress();
  }

  /** How the run closed, awaited. */
  WorkflowExecutionStatus status() {
    WorkflowStub stub = latest();
    try {
      BatchProgress ignored = stub.getResult(BatchProgress.class);
    } catch (WorkflowFailedException e) {
      // How it failed is in the description.
    }
    return latest().describe().getStatus();
  }

  String failure() {
    try {
      return latest().getResult(BatchProgress.class).toString();
    } catch (WorkflowFailedException e) {
      return String.valueOf(e.getCause());
    }
  }

  WorkflowStub latest() {
    return client().newUntypedWorkflowStub(Batches.ID);
  }

  WorkflowClient client() {
    return environment.getWorkflowClient();
  }

  WorkflowExecutionHistory history() {
    return client().fetchHistory(Batches.ID);
  }

  /** The history of the run that this stub has started. */
  WorkflowExecutionHistory history(SyncBatchWorkflow batch) {
    return client().fetchHistory(Batches.ID, execution(batch).getRunId());
  }

  private static WorkflowExecution execution(SyncBatchWorkflow batch) {
    return Objects.requireNonNull(WorkflowStub.fromTyped(batch).getExecution(), "not started");
  }

  /** Waits until another run of the same id goes on. */
  void awaitNextRun(SyncBatchWorkflow batch) {
    WorkflowExecution first = execution(batch);
    Awaitility.await()
        .until(() -> !latest().describe().getExecution().getRunId().equals(first.getRunId()));
  }

  /**
   * Waits until the table stands like this, and until all others in progress are held: the test
   * server loses an order that cancels an activity which completes in the same moment.
   */
  void await(TableId table, TableStatus status) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              BatchProgress progress = progress();
              return find(progress, table).contains(status) && quiet(progress, table);
            });
  }

  private boolean quiet(BatchProgress progress, TableId except) {
    return (progress.planned() || control.holdsPlans())
        && progress.tables().stream()
            .filter(row -> row.status() == TableStatus.IN_PROGRESS && !row.table().equals(except))
            .allMatch(row -> tables.holds(row.table().table()));
  }

  /** The batch by its id, whichever run it is in. */
  SyncBatchWorkflow newest() {
    return client().newWorkflowStub(SyncBatchWorkflow.class, Batches.ID);
  }

  BatchProgress progress() {
    return newest().progress();
  }

  private static List<TableStatus> find(BatchProgress progress, TableId table) {
    return progress.tables().stream()
        .filter(row -> row.table().equals(table))
        .map(TableProgress::status)
        .toList();
  }

  @Override
  public void close() {
    verifications.open();
    control.receiverHangs(false);
    environment.close();
  }
}
