package dev.tidemark.workflows.verification;

import dev.tidemark.workflows.SearchAttributes;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.Batches;
import dev.tidemark.workflows.batch.FakeControl;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;

/** A server that skips time, a worker with fakes, and one verification. */
final class VerificationServer implements AutoCloseable {

  private static final String ID = "verify_20251108_143052_aB3dEf9h";

  private final TestWorkflowEnvironment environment;
  final FakeControl control;
  final FakeVerifications tables = new FakeVerifications();
  final VerifyWorkflow workflow;

  VerificationServer() {
    TestEnvironmentOptions.Builder options =
        TestEnvironmentOptions.newBuilder()
            .setWorkflowClientOptions(
                WorkflowClientOptions.newBuilder().setIdentity("tidemark-test").build());
    SearchAttributes.ALL.forEach(
        key -> options.registerSearchAttribute(key.getName(), key.getValueType()));
    environment = TestWorkflowEnvironment.newInstance(options.build());
    control = new FakeControl(environment.getWorkflowClient());
    Worker worker =
        environment.newWorker(
            "test",
            WorkerOptions.newBuilder()
                .setMaxHeartbeatThrottleInterval(Duration.ofMillis(20))
                .setDefaultHeartbeatThrottleInterval(Duration.ofMillis(20))
                .build());
    worker.registerWorkflowImplementationTypes(VerifyWorkflowImpl.class);
    worker.registerActivitiesImplementations(control, tables);
    environment.start();
    workflow =
        environment
            .getWorkflowClient()
            .newWorkflowStub(
                VerifyWorkflow.class,
                WorkflowOptions.newBuilder().setWorkflowId(ID).setTaskQueue("test").build());
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
