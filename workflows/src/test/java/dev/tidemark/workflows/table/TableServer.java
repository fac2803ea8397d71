package dev.tidemark.workflows.table;

import dev.tidemark.workflows.SearchAttributes;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** A server that skips time, a worker with fakes, and one table to sync. */
final class TableServer implements AutoCloseable {

  private static final String QUEUE = "test";
  private static final TableId TABLE = new TableId("lmp", "public", "a");

  private final TestWorkflowEnvironment environment;
  final FakeTables tables = new FakeTables();
  final SyncTableWorkflow workflow;

  TableServer() {
    TestEnvironmentOptions.Builder options =
        TestEnvironmentOptions.newBuilder()
            .setWorkflowClientOptions(
                WorkflowClientOptions.newBuilder().setIdentity("tidemark-test").build());
    SearchAttributes.ALL.forEach(
        key -> options.registerSearchAttribute(key.getName(), key.getValueType()));
    environment = TestWorkflowEnvironment.newInstance(options.build());
    Worker worker =
        environment.newWorker(
            QUEUE,
            WorkerOptions.newBuilder()
                .setMaxHeartbeatThrottleInterval(Duration.ofMillis(20))
                .setDefaultHeartbeatThrottleInterval(Duration.ofMillis(20))
                .build());
    worker.registerWorkflowImplementationTypes(SyncTableWorkflowImpl.class);
    worker.registerActivitiesImplementations(tables);
    environment.start();
    workflow =
        environment
            .getWorkflowClient()
            .newWorkflowStub(
                SyncTableWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(SyncTableWorkflow.workflowId("lmp", "a"))
                    .setTaskQueue(QUEUE)
                    .build());
  }

  static TableTask task() {
    return new TableTask(
        TABLE,
        "dashboard",
        "a",
        TableSpec.DEFAULT.withSourceConstants(Map.of("branch", "lmp")),
        RetrySpec.DEFAULT,
        WhenBusy.WAIT,
        true,
        0,
        1);
  }

  /** Starts the sync and waits until its table is held in the middle. */
  WorkflowStub beginAndHold() {
    tables.hold("a");
    WorkflowClient.start(workflow::run, task());
    Awaitility.await().until(() -> tables.starts("a") == 1);
    return WorkflowStub.fromTyped(workflow);
  }

  /** Waits for the end of the sync, however it ends. */
  void end() {
    try {
      TableProgress ignored = WorkflowStub.fromTyped(workflow).getResult(TableProgress.class);
    } catch (WorkflowFailedException e) {
      // How it failed is in the history.
    }
  }

  WorkflowExecutionHistory history() {
    return environment.getWorkflowClient().fetchHistory(SyncTableWorkflow.workflowId("lmp", "a"));
  }

  @Override
  public void close() {
    environment.close();
  }
}
