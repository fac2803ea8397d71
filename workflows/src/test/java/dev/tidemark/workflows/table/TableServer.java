package dev.tidemark.workflows.table;

import dev.tidemark.workflows.SkippingServer;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.util.Map;
import org.awaitility.Awaitility;

/** A server that skips time, a worker with fakes, and one table to sync. */
final class TableServer implements AutoCloseable {

  private static final TableId TABLE = new TableId("lmp", "public", "a");

  private final TestWorkflowEnvironment environment;
  final FakeTables tables = new FakeTables();
  final SyncTableWorkflow workflow;

  TableServer() {
    environment = SkippingServer.create();
    Worker worker = SkippingServer.worker(environment);
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
                    .setTaskQueue(SkippingServer.QUEUE)
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
