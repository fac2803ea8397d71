package dev.tidemark.workflows.plan;

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

/** A server that skips time, a worker with fakes, and one plan. */
final class PlanServer implements AutoCloseable {

  private static final String ID = "plan_20251108_143052_aB3dEf9h";

  private final TestWorkflowEnvironment environment;
  final FakeControl control;
  final FakePlans tables = new FakePlans();
  final PlanWorkflow workflow;

  PlanServer() {
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
    worker.registerWorkflowImplementationTypes(PlanWorkflowImpl.class);
    worker.registerActivitiesImplementations(control, tables);
    environment.start();
    workflow =
        environment
            .getWorkflowClient()
            .newWorkflowStub(
                PlanWorkflow.class,
                WorkflowOptions.newBuilder().setWorkflowId(ID).setTaskQueue("test").build());
  }

  static PlanningInput input(boolean ddl, String... sources) {
    return input(Batches.of(sources).spec(), ddl);
  }

  static PlanningInput input(BatchSpec spec, boolean ddl) {
    return new PlanningInput(ID, spec, ddl, "test");
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
