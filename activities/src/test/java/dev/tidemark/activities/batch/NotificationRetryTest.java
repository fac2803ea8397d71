package dev.tidemark.activities.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.configuration.NotificationConfiguration.Slack;
import dev.tidemark.connect.configuration.NotificationConfiguration.Webhook;
import dev.tidemark.connect.configuration.NotificationRule;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.NotificationActivities;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What one attempt leaves reaches the next by way of a server. */
class NotificationRetryTest {

  private static final String QUEUE = "notifications";
  private static final NotificationRule FAILED = NotificationRule.of(Set.of("failed"));

  /** Tells, and nothing else. */
  @WorkflowInterface
  public interface TellWorkflow {
    @WorkflowMethod
    void tell(BatchProgress progress);
  }

  /** Tells with Temporal's default of endless retries. */
  public static final class TellWorkflowImpl implements TellWorkflow {

    private final NotificationActivities notifications =
        Workflow.newActivityStub(
            NotificationActivities.class,
            ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofMinutes(1)).build());

    @Override
    public void tell(BatchProgress progress) {
      notifications.batchEnded(progress);
    }
  }

  @Test
  void temporalRetriesOnlyThoseThatWereNotReached() throws IOException {
    try (FakeWebServer broken = new FakeWebServer();
        FakeWebServer sound = new FakeWebServer();
        TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance();
        NotificationActivitiesImpl activities =
            new NotificationActivitiesImpl(
                List.of(
                    new Webhook(broken.url("/"), null, FAILED),
                    new Webhook(sound.url("/"), null, FAILED),
                    new Slack(sound.url("/"), FAILED)),
                new MemoryLog())) {
      broken.answer(503);
      Worker worker = temporal.newWorker(QUEUE);
      worker.registerWorkflowImplementationTypes(TellWorkflowImpl.class);
      worker.registerActivitiesImplementations(activities);
      temporal.start();
      TellWorkflow workflow =
          temporal
              .getWorkflowClient()
              .newWorkflowStub(
                  TellWorkflow.class, WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build());
      String run = WorkflowClient.start(workflow::tell, Batches.failed()).getRunId();
      Awaitility.await().until(() -> broken.posted().size() >= 2);
      broken.answer(204);
      WorkflowStub.fromTyped(workflow).getResult(Void.class);

      assertThat(sound.posted()).hasSize(2);
      assertThat(broken.posted()).hasSizeGreaterThan(2);
      assertThat(broken.posted())
          .extracting(FakeWebServer.Posted::key)
          .allSatisfy(key -> assertThat(key).startsWith(Batches.ID + "/" + run + "/webhook-"))
          .containsOnly(broken.posted().getFirst().key());
    }
  }
}
