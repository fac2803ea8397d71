package dev.tidemark.workflows.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.workflows.Histories;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class NotificationTestWorkflowTest {

  private static final String ID = "notification-test:1";
  private static final NotificationTestResult RESULT =
      new NotificationTestResult(
          List.of(
              new NotificationTestResult.Rule(0, "Slack[a]", null),
              new NotificationTestResult.Rule(1, "Slack[b]", "slack answered 404")));

  @Test
  void bringsWhatTheWorkerFound() {
    try (TestWorkflowEnvironment environment = environment()) {
      assertThat(run(environment)).isEqualTo(RESULT);
    }
  }

  @Test
  void replays() throws Exception {
    Histories.replay("notification-test", NotificationTestWorkflowImpl.class);
  }

  @Test
  void recordsWhatIsMissing() {
    Assumptions.assumeTrue(
        Histories.recording(), "histories are recorded with -Dtidemark.record-histories=true only");
    Histories.record(
        "notification-test",
        () -> {
          try (TestWorkflowEnvironment environment = environment()) {
            assertThat(run(environment)).isEqualTo(RESULT);
            return environment.getWorkflowClient().fetchHistory(ID);
          }
        });
  }

  private static TestWorkflowEnvironment environment() {
    TestWorkflowEnvironment environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder().setIdentity("tidemark-test").build())
                .build());
    Worker worker = environment.newWorker("test");
    worker.registerWorkflowImplementationTypes(NotificationTestWorkflowImpl.class);
    NotificationTestActivities activities = input -> RESULT;
    worker.registerActivitiesImplementations(activities);
    environment.start();
    return environment;
  }

  private static NotificationTestResult run(TestWorkflowEnvironment environment) {
    return environment
        .getWorkflowClient()
        .newWorkflowStub(
            NotificationTestWorkflow.class,
            WorkflowOptions.newBuilder().setWorkflowId(ID).setTaskQueue("test").build())
        .run(new NotificationTestInput(1, "ann"));
  }
}
