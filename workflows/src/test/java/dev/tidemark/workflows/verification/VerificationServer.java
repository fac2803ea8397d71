package dev.tidemark.workflows.verification;

import dev.tidemark.workflows.SkippingServer;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.Batches;
import dev.tidemark.workflows.batch.FakeControl;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;

/** A server that skips time, a worker with fakes, and one verification. */
final class VerificationServer implements AutoCloseable {

  private static final String ID = "verify_20251108_143052_aB3dEf9h";

  private final TestWorkflowEnvironment environment;
  final FakeControl control;
  final FakeVerifications tables = new FakeVerifications();
  final VerifyWorkflow workflow;

  VerificationServer() {
    environment = SkippingServer.create();
    control = new FakeControl(environment.getWorkflowClient());
    Worker worker = SkippingServer.worker(environment);
    worker.registerWorkflowImplementationTypes(VerifyWorkflowImpl.class);
    worker.registerActivitiesImplementations(control, tables);
    environment.start();
    workflow =
        environment
            .getWorkflowClient()
            .newWorkflowStub(
                VerifyWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(ID)
                    .setTaskQueue(SkippingServer.QUEUE)
                    .build());
  }

  static VerificationInput input(int limit, String... sources) {
    return input(Batches.of(sources).spec(), limit);
  }

  static VerificationInput input(BatchSpec spec, int limit) {
    return new VerificationInput(ID, spec, limit, "test");
  }

  WorkflowExecutionHistory history() {
    return environment.getWorkflowClient().fetchHistory(ID);
  }

  @Override
  public void close() {
    tables.open();
    environment.close();
  }
}
