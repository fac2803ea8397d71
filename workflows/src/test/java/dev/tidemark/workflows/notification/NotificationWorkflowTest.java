package dev.tidemark.workflows.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.workflows.Histories;
import dev.tidemark.workflows.SkippingServer;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationWorkflowTest {

  private static final Instant END = Instant.parse("2025-11-08T14:33:57Z");
  private static final EndedRun ENDED =
      new EndedRun(
          "run",
          new BatchProgress(
              "sync_1", "branches", BatchStatus.FAILED, false, true, List.of(), END, END));

  /** Receivers of which one may be away, or refuse. */
  private static final class Receivers implements ReceiverActivities {

    final List<String> tried = new CopyOnWriteArrayList<>();
    volatile String away = "";
    volatile String refuses = "";

    @Override
    public List<String> receivers(EndedRun ended) {
      return List.of("slack", "mail", "hook");
    }

    @Override
    public void tell(Telling telling) {
      tried.add(telling.receiver());
      if (telling.receiver().equals(away)) {
        throw ApplicationFailure.newFailure(away + " was not reached", "NOTIFICATION_FAILED");
      }
      if (telling.receiver().equals(refuses)) {
        throw ApplicationFailure.newNonRetryableFailure(
            refuses + " answered 404", "NOTIFICATION_FAILED");
      }
    }

    long tried(String receiver) {
      return tried.stream().filter(receiver::equals).count();
    }
  }

  private final Receivers receivers = new Receivers();
  private TestWorkflowEnvironment environment;

  @BeforeEach
  void start() {
    environment = SkippingServer.create();
    Worker worker = SkippingServer.worker(environment);
    worker.registerWorkflowImplementationTypes(NotificationWorkflowImpl.class);
    worker.registerActivitiesImplementations(receivers);
    environment.start();
  }

  @AfterEach
  void stop() {
    environment.close();
  }

  @Test
  void tellsEachReceiverOnce() {
    begin();
    result();

    assertThat(receivers.tried).containsExactlyInAnyOrder("slack", "mail", "hook");
  }

  @Test
  void whoIsAwayForHoursIsToldAndNobodyElseHearsTwice() {
    receivers.away = "mail";
    begin();
    environment.sleep(Duration.ofHours(20));
    assertThat(receivers.tried("mail")).isGreaterThan(200);
    long before = receivers.tried("mail");

    receivers.away = "";
    result();

    assertThat(receivers.tried("mail")).isEqualTo(before + 1);
    assertThat(receivers.tried("slack")).isEqualTo(1);
    assertThat(receivers.tried("hook")).isEqualTo(1);
  }

  @Test
  void givesUpAfterADayAndSaysWhoWasNotTold() {
    receivers.away = "mail";
    receivers.refuses = "slack";
    begin();

    assertThat(failure().getType()).isEqualTo("NOTIFICATION_FAILED");
    assertThat(failure().getOriginalMessage())
        .isEqualTo(
            "Not everybody was told: slack answered 404 [slack]; mail was not reached [mail]");
    assertThat(receivers.tried("slack")).isEqualTo(1);
    assertThat(receivers.tried("hook")).isEqualTo(1);
    assertThat(receivers.tried("mail")).isBetween(250L, 300L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"notification-told", "notification-refused"})
  void replays(String name) throws Exception {
    Histories.replay(name, NotificationWorkflowImpl.class);
  }

  @Test
  void recordsWhatIsMissing() {
    Assumptions.assumeTrue(
        Histories.recording(), "histories are recorded with -Dtidemark.record-histories=true only");
    Histories.record("notification-told", () -> story("told", ""));
    Histories.record("notification-refused", () -> story("refused", "mail"));
  }

  private WorkflowExecutionHistory story(String id, String refuses) {
    receivers.refuses = refuses;
    begin(id);
    try {
      client().newUntypedWorkflowStub(id).getResult(Void.class);
    } catch (WorkflowFailedException e) {
      // Part of the story.
    }
    return client().fetchHistory(id);
  }

  private void begin() {
    begin(NotificationRuns.id(ENDED));
  }

  private void begin(String id) {
    WorkflowClient.start(
        client()
                .newWorkflowStub(
                    NotificationWorkflow.class,
                    WorkflowOptions.newBuilder()
                        .setWorkflowId(id)
                        .setTaskQueue(SkippingServer.QUEUE)
                        .build())
            ::run,
        ENDED);
  }

  private void result() {
    client().newUntypedWorkflowStub(NotificationRuns.id(ENDED)).getResult(Void.class);
  }

  private ApplicationFailure failure() {
    WorkflowFailedException failed =
        catchThrowableOfType(WorkflowFailedException.class, this::result);
    return (ApplicationFailure) Objects.requireNonNull(failed.getCause());
  }

  private WorkflowClient client() {
    return environment.getWorkflowClient();
  }
}
