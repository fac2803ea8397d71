package dev.tidemark.activities.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.configuration.NotificationConfiguration;
import dev.tidemark.connect.configuration.NotificationConfiguration.Slack;
import dev.tidemark.connect.configuration.NotificationConfiguration.Webhook;
import dev.tidemark.connect.configuration.NotificationRule;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.batch.NotificationActivities;
import dev.tidemark.workflows.notification.NotificationTestInput;
import dev.tidemark.workflows.notification.NotificationTestResult;
import dev.tidemark.workflows.notification.NotificationTestWorkflow;
import dev.tidemark.workflows.notification.NotificationTestWorkflowImpl;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is told again, and who is not. */
class NotificationRepeatsTest {

  private static final String QUEUE = "notifications";
  private static final NotificationRule ALL =
      NotificationRule.of(Set.of("completed", "failed", "interrupted"));

  /** A run that tells of its end more than once, as one does whose worker dies after a delivery. */
  @WorkflowInterface
  public interface RepeatingWorkflow {
    @WorkflowMethod
    void tell(BatchProgress progress, int times);
  }

  /** Forgets in between what it has done. */
  public static final class RepeatingWorkflowImpl implements RepeatingWorkflow {

    private final NotificationActivities notifications =
        Workflow.newActivityStub(
            NotificationActivities.class,
            ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofMinutes(1)).build());

    @Override
    public void tell(BatchProgress progress, int times) {
      for (int i = 0; i < times; i++) {
        notifications.batchEnded(progress);
      }
    }
  }

  private static final class Hands extends Clock {
    private volatile Instant now = Batches.START;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private final Hands clock = new Hands();
  private final MemoryLog log = new MemoryLog();
  private final FakeWebServer web;
  private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance();
  private @Nullable NotificationActivitiesImpl activities;

  NotificationRepeatsTest() throws IOException {
    web = new FakeWebServer();
  }

  @AfterEach
  void stop() {
    temporal.close();
    web.close();
    if (activities != null) {
      activities.close();
    }
  }

  @Test
  void oneEndOfARunIsToldOnce() {
    start(new Webhook(web.url("/"), null, ALL));

    tell(Batches.failed(), 3);
    assertThat(web.posted()).hasSize(1);

    tell(Batches.failed(), 1);
    assertThat(web.posted()).as("a resumed run ends once more").hasSize(2);
    assertThat(log.notes)
        .allSatisfy(note -> assertThat(note.batchName()).isEqualTo("branches"))
        .extracting("id")
        .containsExactly(web.posted().get(0).key(), web.posted().get(1).key());
  }

  @Test
  void withoutTheControlDatabaseEverybodyIsToldRatherTwiceThanNever() {
    start(new Webhook(web.url("/"), null, onlyChanges("failed")));
    log.down = true;

    tell(Batches.failed(), 2);

    assertThat(web.posted()).hasSize(2);
  }

  @Test
  void onlyChangesTellsOfAFailureOnceAndOfTheRecovery() {
    start(new Webhook(web.url("/"), null, onlyChanges("failed")));

    tell(Batches.completed(), 1);
    assertThat(web.posted()).as("well from the start").isEmpty();
    tell(Batches.failed(), 1);
    tell(Batches.failed(), 1);
    tell(Batches.failed(1), 1);
    assertThat(web.posted()).hasSize(1);
    tell(Batches.completed(), 1);
    assertThat(web.posted()).hasSize(2);
    assertThat(web.posted().getLast().body()).contains("batch.completed");
    tell(Batches.completed(), 1);
    tell(Batches.ended(BatchStatus.INTERRUPTED, List.of()), 1);
    assertThat(web.posted()).as("interruptions are not asked for").hasSize(2);
    tell(Batches.failed(), 1);
    assertThat(web.posted()).hasSize(3);
  }

  @Test
  void atMostEverySpacesWhatIsTold() {
    start(
        new Slack(
            web.url("/"),
            new NotificationRule(
                Set.of("failed"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                false,
                Duration.ofMinutes(30))));

    tell(Batches.failed(), 1);
    clock.now = Batches.START.plus(Duration.ofMinutes(29));
    tell(Batches.failed(), 1);
    assertThat(web.posted()).hasSize(1);
    clock.now = Batches.START.plus(Duration.ofMinutes(31));
    tell(Batches.failed(), 1);
    assertThat(web.posted()).hasSize(2);
  }

  @Test
  void aTestReachesEveryRuleWhateverItWants() throws IOException {
    try (FakeWebServer broken = new FakeWebServer()) {
      broken.answer(404);
      start(
          new Webhook(web.url("/hook?token=hunter2"), "hunter2", onlyChanges("failed")),
          new Slack(broken.url("/"), ALL));

      NotificationTestResult result = test(null);

      assertThat(web.only().body())
          .contains("\"event\":\"notifications.test\"", "\"name\":\"ann\"");
      assertThat(result.rules())
          .extracting(NotificationTestResult.Rule::rule)
          .containsExactly(0, 1);
      assertThat(result.rules().get(0).error()).isNull();
      assertThat(result.rules().get(1).error()).contains("answered 404");
      assertThat(result.toString()).doesNotContain("hunter2");
      assertThat(log.notes).isEmpty();
      assertThat(test(0).rules()).hasSize(1);
      assertThat(broken.posted()).hasSize(1);
    }
  }

  private static NotificationRule onlyChanges(String on) {
    return new NotificationRule(
        Set.of(on), List.of(), List.of(), List.of(), List.of(), null, true, null);
  }

  private void start(NotificationConfiguration... rules) {
    activities = new NotificationActivitiesImpl(List.of(rules), log, clock, Duration.ofSeconds(5));
    Worker worker = temporal.newWorker(QUEUE);
    worker.registerWorkflowImplementationTypes(
        RepeatingWorkflowImpl.class, NotificationTestWorkflowImpl.class);
    worker.registerActivitiesImplementations(activities);
    temporal.start();
  }

  private void tell(BatchProgress progress, int times) {
    stub(RepeatingWorkflow.class).tell(progress, times);
  }

  private NotificationTestResult test(@Nullable Integer rule) {
    return stub(NotificationTestWorkflow.class).run(new NotificationTestInput(rule, "ann"));
  }

  private <T> T stub(Class<T> workflow) {
    return temporal
        .getWorkflowClient()
        .newWorkflowStub(workflow, WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build());
  }
}
