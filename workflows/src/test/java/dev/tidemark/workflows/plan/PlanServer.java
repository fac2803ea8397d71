package dev.tidemark.workflows.plan;

import dev.tidemark.workflows.SkippingServer;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.Batches;
import dev.tidemark.workflows.batch.FakeControl;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;

/** A server that skips time, a worker with fakes, and one plan. */
final class PlanServer implements AutoCloseable {

  private static final String ID = "plan_20251108_143052_aB3dEf9h";

  private final TestWorkflowEnvironment environment;
  final FakeControl control;
  final FakePlans tables = new FakePlans();
  final PlanWorkflow workflow;

  PlanServer() {
    environment = SkippingServer.create();
    control = new FakeControl(environment.getWorkflowClient());
    Worker worker = SkippingServer.worker(environment);
    worker.registerWorkflowImplementationTypes(PlanWorkflowImpl.class);
    worker.registerActivitiesImplementations(control, tables);
    environment.start();
    workflow =
        environment
            .getWorkflowClient()
            .newWorkflowStub(
                PlanWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(ID)
                    .setTaskQueue(SkippingServer.QUEUE)
                    .build());
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
