package dev.tidemark.workflows.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MaintenanceWorkflowsTest {

  private static final WorkflowOptions OPTIONS =
      WorkflowOptions.newBuilder().setTaskQueue("test").build();

  /** Cannot be reached the first time. */
  private static final class FakeMaintenance implements ArchiveMaintenanceActivities {

    private final AtomicInteger calls = new AtomicInteger();

    @Override
    public int deleteExpired() {
      if (calls.incrementAndGet() == 1) {
        throw new IllegalStateException("the control database is down");
      }
      return 3;
    }

    @Override
    public int reconcile() {
      return 2;
    }
  }

  @Test
  void saysHowManyBatchesWereDeletedAndMended() {
    try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance()) {
      Worker worker = environment.newWorker("test");
      worker.registerWorkflowImplementationTypes(
          RetentionWorkflowImpl.class, ReconcileWorkflowImpl.class);
      worker.registerActivitiesImplementations(new FakeMaintenance());
      environment.start();

      assertThat(
              environment
                  .getWorkflowClient()
                  .newWorkflowStub(RetentionWorkflow.class, OPTIONS)
                  .run())
          .isEqualTo(3);
      assertThat(
              environment
                  .getWorkflowClient()
                  .newWorkflowStub(ReconcileWorkflow.class, OPTIONS)
                  .run())
          .isEqualTo(2);
    }
  }
}
