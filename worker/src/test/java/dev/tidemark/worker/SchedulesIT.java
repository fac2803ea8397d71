package dev.tidemark.worker;

import static dev.tidemark.worker.FakeWorkers.schedule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.connect.configuration.AskedSchedule;
import dev.tidemark.connect.configuration.ScheduleConfiguration;
import dev.tidemark.specs.schedule.Schedules;
import dev.tidemark.workflows.batch.ArchiveInput;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.schedule.ScheduleOrigin;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowStub;
import io.temporal.client.schedules.ScheduleBackfill;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedules on Temporal's real development server; each test has a queue of its own. */
@SuppressWarnings("try")
class SchedulesIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  @RegisterExtension private static final DevelopmentServer SERVER = new DevelopmentServer();

  @Test
  void aScheduleOfTheFileStartsBatchesOfTheirOwnIds() throws Exception {
    FakeActivities fakes = fakes();
    ScheduleConfiguration often =
        schedule("often", Map.of("every", "1s", "connections", List.of("sby")));
    try (WorkerProcess ignored = worker("often", fakes, often)) {
      await().atMost(SOON).until(() -> batches(fakes).size() >= 2);

      assertThat(batches(fakes)).allMatch(id -> id.matches("sync_\\d{8}_\\d{6}_[A-Za-z0-9]{8}"));
      ArchiveInput first = fakes.archived.getFirst();
      assertThat(first.options().requestedBy()).isEqualTo("schedule often");
      assertThat(first.options().connections()).containsExactly("sby");
      assertThat(first.spec().sources()).hasSize(1);
      await().atMost(SOON).until(() -> !fakes.notified.isEmpty());
      assertThat(fakes.notified.getFirst().status()).isEqualTo(BatchStatus.COMPLETED);
    } finally {
      schedules("often").delete("often");
    }
  }

  @Test
  void aRunThatIsDueWhileTheBatchRunsIsLeftOut() throws Exception {
    FakeActivities fakes = fakes();
    fakes.held.add("t0");
    try (WorkerProcess ignored = worker("skip", fakes, schedule("skip", Map.of("every", "1s")))) {
      await()
          .atMost(SOON)
          .until(() -> describe("skip").getInfo().getNumActionsSkippedOverlap() >= 2);
      // The run that is not left out may take longer to begin than two others are due.
      await().atMost(SOON).until(() -> batches(fakes).size() == 1);

      fakes.held.clear();

      await().atMost(SOON).until(() -> batches(fakes).size() >= 2);
    } finally {
      schedules("skip").delete("skip");
    }
  }

  @Test
  void aPausedScheduleRunsWhenItIsToldTo() throws Exception {
    FakeActivities fakes = fakes();
    ScheduleConfiguration paused =
        schedule("paused", Map.of("every", "1s", "paused", true, "note", "not yet"));
    try (WorkerProcess ignored = worker("paused", fakes, paused)) {
      ScheduleHandle handle = schedules("paused").handle("paused");
      assertThat(state("paused").isPaused()).isTrue();
      assertThat(state("paused").getNote()).isEqualTo("not yet");

      handle.trigger();

      await().atMost(SOON).until(() -> fakes.notified.size() == 1);
      handle.unpause("now");
      await().atMost(SOON).until(() -> fakes.notified.size() >= 2);
    } finally {
      schedules("paused").delete("paused");
    }
  }

  @Test
  void aBackfillRunsWhatWasDueOneAfterTheOther() throws Exception {
    FakeActivities fakes = fakes();
    ScheduleConfiguration hourly = schedule("past", Map.of("cron", "0 * * * *", "paused", true));
    try (WorkerProcess ignored = worker("past", fakes, hourly)) {
      Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
      schedules("past")
          .handle("past")
          .backfill(
              List.of(
                  new ScheduleBackfill(
                      hour.minus(Duration.ofMinutes(150)),
                      hour.minus(Duration.ofMinutes(1)),
                      ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_BUFFER_ALL)));

      await().atMost(SOON).until(() -> fakes.notified.size() == 2);
      assertThat(fakes.notified).extracting(BatchProgress::batchId).doesNotHaveDuplicates();
    }
  }

  @Test
  void cancelingTheOtherInterruptsItsBatchFirst() throws Exception {
    FakeActivities fakes = fakes();
    fakes.held.add("t0");
    ScheduleConfiguration daily =
        schedule("cancel", Map.of("cron", "@daily", "overlap", "cancel-other", "paused", true));
    try (WorkerProcess ignored = worker("cancel", fakes, daily)) {
      ScheduleHandle handle = schedules("cancel").handle("cancel");
      handle.trigger();
      await().atMost(SOON).until(() -> !fakes.bulkQueues.isEmpty());
      String first = batches(fakes).getFirst();

      handle.trigger();

      await().atMost(SOON).until(() -> batches(fakes).size() == 2);
      await().atMost(SOON).until(() -> !fakes.notified.isEmpty());
      assertThat(fakes.notified)
          .singleElement()
          .satisfies(
              end -> {
                assertThat(end.batchId()).isEqualTo(first);
                assertThat(end.status()).isEqualTo(BatchStatus.INTERRUPTED);
              });
      fakes.held.clear();
      await().atMost(SOON).until(() -> fakes.notified.size() == 2);
    }
  }

  @Test
  void terminatingTheOtherTerminatesItsBatch() throws Exception {
    FakeActivities fakes = fakes();
    fakes.held.add("t0");
    ScheduleConfiguration daily =
        schedule("kill", Map.of("cron", "@daily", "overlap", "terminate-other", "paused", true));
    try (WorkerProcess ignored = worker("kill", fakes, daily)) {
      ScheduleHandle handle = schedules("kill").handle("kill");
      handle.trigger();
      await().atMost(SOON).until(() -> !fakes.bulkQueues.isEmpty());
      WorkflowStub first = SERVER.client().newUntypedWorkflowStub(batches(fakes).getFirst());

      handle.trigger();

      await()
          .atMost(SOON)
          .until(
              () ->
                  first.describe().getStatus()
                      == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TERMINATED);
      await().atMost(SOON).until(() -> batches(fakes).size() == 2);
      fakes.held.clear();
      await().atMost(SOON).until(() -> fakes.notified.size() == 1);
    }
  }

  @Test
  void aScheduleThatTemporalRefusesKeepsNoWorkerFromStarting() throws Exception {
    FakeActivities fakes = fakes();
    // Longer than an id may be.
    ScheduleConfiguration refused =
        new AskedSchedule(FakeWorkers.BATCHES)
            .read("n".repeat(1_000), Map.of("batch", "branches", "cron", "@daily"));
    try (WorkerProcess ignored =
        worker("refused", fakes, refused, schedule("taken-all-the-same", Map.of("every", "1h")))) {
      assertThat(schedules("refused").find("taken-all-the-same")).isPresent();
      await().atMost(SOON).until(() -> schedules("refused").names().contains("taken-all-the-same"));
      assertThat(schedules("refused").names()).doesNotContain(refused.name());
    }
  }

  @Test
  void aRunThatFailsPausesTheScheduleThatAsksForIt() throws Exception {
    FakeActivities empty = new FakeActivities(0, FakeWorkers.BATCHES);
    ScheduleConfiguration careful =
        schedule("careful", Map.of("cron", "@daily", "pause-on-failure", true));
    try (WorkerProcess ignored = worker("careful", empty, careful)) {
      schedules("careful").handle("careful").trigger();

      await().atMost(SOON).until(() -> state("careful").isPaused());
      await().atMost(SOON).until(() -> !empty.notified.isEmpty());
      assertThat(empty.notified.getFirst().status()).isEqualTo(BatchStatus.FAILED);
    }
  }

  @Test
  void anEditedFileChangesItsScheduleAndLeavesItPaused() throws Exception {
    try (WorkerProcess ignored =
        worker("edited", fakes(), schedule("edited", Map.of("cron", "0 1 * * *")))) {
      schedules("edited").handle("edited").pause("holidays");
    }
    ScheduleConfiguration edited =
        schedule("edited", Map.of("cron", "0 2 * * *", "time-zone", "Asia/Jakarta"));
    for (int start = 0; start < 2; start++) {
      try (WorkerProcess ignored = worker("edited", fakes(), edited)) {
        ScheduleDescription description = describe("edited");
        assertThat(description.getInfo().getNextActionTimes().getFirst().toString())
            .endsWith("T19:00:00Z");
        assertThat(state("edited").isPaused()).isTrue();
        assertThat(state("edited").getNote()).isEqualTo("holidays");
      }
    }
    Instant updated = describe("edited").getInfo().getLastUpdatedAt();
    try (WorkerProcess ignored = worker("edited", fakes(), edited)) {
      assertThat(describe("edited").getInfo().getLastUpdatedAt()).isEqualTo(updated);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/15 8-17 * * mon-fri",
        "0 0 1,15 JAN-june/2 *",
        "5/10 * * * 7",
        "0 12 * * su 2026-2030",
        "30 0 12 * * Wednes *",
        "0 0 29 2 *",
        "@annually",
        "0 2 * * * # nightly"
      })
  void temporalTakesTheTimesThatTheFileTakes(String cron) {
    Schedules schedules = schedules("times");
    assertThat(schedules.create(schedule("times", Map.of("cron", cron)), ScheduleOrigin.API))
        .isTrue();
    assertThat(describe("times").getInfo().getNextActionTimes()).isNotEmpty();
    schedules.delete("times");
  }

  @Test
  void whatLeavesTheFileGoesAndWhatTheApiMadeStays() throws Exception {
    Schedules schedules = schedules("leaving");
    ScheduleConfiguration ofApi = schedule("of-api", Map.of("cron", "@daily"));
    ScheduleConfiguration ofOthers = schedule("of-others", Map.of("cron", "@daily"));
    assertThat(schedules.create(ofApi, ScheduleOrigin.API)).isTrue();
    assertThat(schedules("others").create(ofOthers, ScheduleOrigin.FILE)).isTrue();
    ScheduleConfiguration leaving = schedule("leaving", Map.of("cron", "@daily"));
    worker("leaving", fakes(), leaving).close();
    await()
        .atMost(SOON)
        .until(() -> schedules.names().containsAll(List.of("leaving", "of-api", "of-others")));

    worker("leaving", fakes()).close();

    assertThat(schedules.find("leaving")).isEmpty();
    assertThat(schedules.find("of-api")).isPresent();
    assertThat(schedules.find("of-others")).isPresent();
  }

  @Test
  void workersThatStartTogetherDeleteWhatLeftTheFile() throws Exception {
    worker("gone", fakes(), schedule("gone", Map.of("cron", "@daily"))).close();
    await().atMost(SOON).until(() -> schedules("gone").names().contains("gone"));

    Stream.generate(() -> CompletableFuture.supplyAsync(() -> started("gone", fakes())))
        .limit(2)
        .toList()
        .stream()
        .map(CompletableFuture::join)
        .toList()
        .forEach(WorkerProcess::close);

    assertThat(schedules("gone").find("gone")).isEmpty();
  }

  @Test
  void theFileTakesOverAScheduleOfTheSameName() throws Exception {
    Schedules schedules = schedules("taken");
    assertThat(schedules.create(schedule("taken", Map.of("cron", "@daily")), ScheduleOrigin.API))
        .isTrue();

    worker("taken", fakes(), schedule("taken", Map.of("cron", "@hourly"))).close();

    assertThat(schedules.find("taken").flatMap(schedules::input))
        .hasValueSatisfying(input -> assertThat(input.origin()).isEqualTo(ScheduleOrigin.FILE));
  }

  @Test
  void workersThatStartTogetherMakeOneScheduleAndRunItOnce() throws Exception {
    FakeActivities fakes = fakes();
    ScheduleConfiguration[] both = {
      schedule("both", Map.of("every", "2s")), schedule("both-2", Map.of("cron", "@daily"))
    };
    List<WorkerProcess> workers =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> started("both", fakes, both)))
            .limit(2)
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();
    try {
      await().atMost(SOON).until(() -> fakes.notified.size() >= 2);
      var runs = describe("both").getInfo().getRecentActions();
      assertThat(runs.stream().map(run -> run.getScheduledAt())).doesNotHaveDuplicates();
      assertThat(batches(fakes).size()).isLessThanOrEqualTo(runs.size() + 1);
      assertThat(schedules("both").find("both-2")).isPresent();
    } finally {
      schedules("both").delete("both");
      workers.forEach(WorkerProcess::close);
    }
  }

  private static FakeActivities fakes() {
    return new FakeActivities(2, FakeWorkers.BATCHES);
  }

  private static List<String> batches(FakeActivities fakes) {
    return fakes.archived.stream().map(input -> input.progress().batchId()).distinct().toList();
  }

  private static Schedules schedules(String queue) {
    return new Schedules(SERVER.stubs(), "default", queue);
  }

  private static ScheduleDescription describe(String name) {
    return schedules(name).find(name).orElseThrow();
  }

  private static ScheduleState state(String name) {
    return Objects.requireNonNull(describe(name).getSchedule().getState());
  }

  private static WorkerProcess worker(
      String queue, FakeActivities fakes, ScheduleConfiguration... schedules)
      throws InterruptedException {
    return FakeWorkers.start(SERVER.configuration(), queue, fakes, schedules);
  }

  private static WorkerProcess started(
      String queue, FakeActivities fakes, ScheduleConfiguration... schedules) {
    try {
      return worker(queue, fakes, schedules);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
