package dev.tidemark.activities.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.connect.configuration.NotificationConfiguration;
import dev.tidemark.connect.configuration.NotificationConfiguration.Slack;
import dev.tidemark.connect.configuration.NotificationConfiguration.Webhook;
import dev.tidemark.connect.configuration.NotificationRule;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.notification.EndedRun;
import dev.tidemark.workflows.notification.NotificationRuns;
import dev.tidemark.workflows.notification.NotificationWorkflow;
import dev.tidemark.workflows.notification.NotificationWorkflowImpl;
import dev.tidemark.workflows.notification.ReceiverActivities;
import dev.tidemark.workflows.notification.Telling;
import dev.tidemark.workflows.table.ErrorDetail;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages as they reach receivers, one of which is away for a while. */
class NotificationDeliveryTest {

  private static final String QUEUE = "notifications";
  private static final NotificationRule FAILED = NotificationRule.of(Set.of("failed"));

  private static final EndedRun NO_BATCH =
      new EndedRun(
          "run-1",
          new BatchProgress(
              "schedule:nightly-2025",
              "branches",
              BatchStatus.FAILED,
              false,
              false,
              List.of(),
              Batches.START,
              Batches.START.plusSeconds(240)),
          new ErrorDetail("BATCH_NOT_CONFIGURED", "There is no batch branches.", "Add it."));

  private final FakeWebServer away;
  private final FakeWebServer sound;
  private final MemoryLog log = new MemoryLog();
  private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance();
  private @Nullable NotificationActivitiesImpl activities;

  NotificationDeliveryTest() throws IOException {
    away = new FakeWebServer();
    sound = new FakeWebServer();
  }

  @AfterEach
  void stop() {
    temporal.close();
    if (activities != null) {
      activities.close();
    }
    away.close();
    sound.close();
  }

  @Test
  void whoIsAwayForHoursHearsOnceAndTheOthersHearOnce() {
    away.answer(503);
    start(
        new Webhook(away.url("/"), null, FAILED),
        new Webhook(sound.url("/"), null, FAILED),
        new Slack(sound.url("/"), FAILED));
    EndedRun ended = new EndedRun("run-1", Batches.failed());

    WorkflowStub telling = tell(ended);
    temporal.sleep(Duration.ofHours(3));
    int tried = away.posted().size();
    away.answer(204);
    telling.getResult(Void.class);

    assertThat(tried).isGreaterThan(20);
    assertThat(away.posted()).hasSize(tried + 1);
    assertThat(away.posted())
        .extracting(FakeWebServer.Posted::key)
        .allSatisfy(key -> assertThat(key).startsWith(Batches.ID + "/run-1/webhook-"))
        .containsOnly(away.posted().getFirst().key());
    assertThat(sound.posted()).hasSize(2);
    assertThat(log.notes).hasSize(3);
  }

  @Test
  void withoutTheControlDatabaseTheOthersHearOnceAllTheSame() {
    log.down = true;
    away.answer(503);
    start(new Webhook(away.url("/"), null, FAILED), new Slack(sound.url("/"), FAILED));

    WorkflowStub telling = tell(new EndedRun("run-1", Batches.failed()));
    temporal.sleep(Duration.ofHours(1));
    away.answer(200);
    telling.getResult(Void.class);

    assertThat(sound.posted()).hasSize(1);
  }

  @Test
  void whatWasToldIsNotToldAgain() {
    start(new Webhook(sound.url("/"), null, FAILED));
    EndedRun ended = new EndedRun("run-1", Batches.failed());
    tell(ended).getResult(Void.class);

    // As when an attempt is lost between the answer and its end.
    TestActivityEnvironment alone = TestActivityEnvironment.newInstance();
    alone.registerActivitiesImplementations(activities);
    ReceiverActivities again = alone.newActivityStub(ReceiverActivities.class);
    again.tell(new Telling(log.notes.getFirst().receiver(), ended));

    assertThat(again.receivers(ended)).isEmpty();
    assertThat(sound.posted()).hasSize(1);
    alone.close();
  }

  @Test
  void nobodyIsToldWhoDoesNotWantToKnow() {
    start(new Webhook(sound.url("/"), null, FAILED));

    tell(new EndedRun("run-1", Batches.completed())).getResult(Void.class);

    assertThat(sound.posted()).isEmpty();
  }

  @Test
  void aReceiverThatLeavesTheConfigurationIsLookedForSomeMinutes() {
    AtomicInteger attempts = new AtomicInteger();
    NotificationActivitiesImpl edited = new NotificationActivitiesImpl(List.of(), log);
    activities = edited;
    start(
        new ReceiverActivities() {
          @Override
          public List<String> receivers(EndedRun ended) {
            return List.of("webhook-00000000");
          }

          @Override
          public void tell(Telling telling) {
            attempts.incrementAndGet();
            edited.tell(telling);
          }
        });

    WorkflowStub telling = tell(new EndedRun("run-1", Batches.failed()));

    assertThatThrownBy(() -> telling.getResult(Void.class))
        .rootCause()
        .hasMessageContaining("no such receiver [webhook-00000000]");
    assertThat(attempts).hasValue(10);
  }

  @Test
  void aRunThatNeverGotABatchIsToldWithTheReason() throws IOException {
    start(new Webhook(sound.url("/"), null, FAILED), new Slack(away.url("/"), FAILED));

    tell(NO_BATCH).getResult(Void.class);

    JsonNode document = new ObjectMapper().readTree(sound.only().body());
    assertThat(document.get("event").asText()).isEqualTo("batch.failed");
    assertThat(document.at("/batch/id").asText()).isEqualTo("schedule:nightly-2025");
    assertThat(document.at("/batch/error/code").asText()).isEqualTo("BATCH_NOT_CONFIGURED");
    assertThat(document.at("/batch/resumeCommand").isNull()).isTrue();
    assertThat(new ObjectMapper().readTree(away.only().body()).get("text").asText())
        .isEqualTo(
            "*Batch branches did not start* `schedule:nightly-2025`\n"
                + "There is no batch branches. Add it");
  }

  @Test
  void filtersHoldForARunThatNeverGotABatch() {
    NotificationRule of = rule(List.of("bran*"), List.of());
    NotificationRule others = rule(List.of("others"), List.of());
    NotificationRule code = rule(List.of(), List.of("BATCH_NOT_CONFIGURED"));
    NotificationRule otherCode = rule(List.of(), List.of("NOTHING_TO_SYNC"));
    start(
        new Webhook(sound.url("/of"), null, of),
        new Webhook(sound.url("/others"), null, others),
        new Webhook(sound.url("/code"), null, code),
        new Webhook(sound.url("/other-code"), null, otherCode),
        new Webhook(sound.url("/completed"), null, NotificationRule.of(Set.of("completed"))));

    tell(NO_BATCH).getResult(Void.class);

    assertThat(sound.posted())
        .extracting(FakeWebServer.Posted::path)
        .containsExactlyInAnyOrder("/of", "/code");
  }

  private static NotificationRule rule(List<String> batches, List<String> codes) {
    return new NotificationRule(
        Set.of("failed"), batches, List.of(), List.of(), codes, null, false, null);
  }

  @Test
  void oneThatRefusesIsNamedAtTheEnd() {
    away.answer(404);
    start(new Webhook(away.url("/hook?token=hunter2"), null, FAILED));

    WorkflowStub telling = tell(new EndedRun("run-1", Batches.failed()));

    assertThatThrownBy(() -> telling.getResult(Void.class))
        .isInstanceOf(WorkflowFailedException.class)
        .rootCause()
        .hasMessageContaining(
            "message='Not everybody was told: webhook at 127.0.0.1 answered 404 [webhook-")
        .hasMessageNotContaining("hunter2");
    assertThat(away.posted()).hasSize(1);
  }

  private void start(NotificationConfiguration... receivers) {
    activities = new NotificationActivitiesImpl(List.of(receivers), log);
    start(activities);
  }

  private void start(ReceiverActivities tellers) {
    Worker worker = temporal.newWorker(QUEUE);
    worker.registerWorkflowImplementationTypes(NotificationWorkflowImpl.class);
    worker.registerActivitiesImplementations(tellers);
    temporal.start();
  }

  private WorkflowStub tell(EndedRun ended) {
    NotificationWorkflow workflow =
        temporal
            .getWorkflowClient()
            .newWorkflowStub(
                NotificationWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(NotificationRuns.id(ended))
                    .setTaskQueue(QUEUE)
                    .build());
    WorkflowClient.start(workflow::run, ended);
    return WorkflowStub.fromTyped(workflow);
  }
}
