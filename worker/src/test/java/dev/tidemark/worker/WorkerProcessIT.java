package dev.tidemark.worker;

import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED;
import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.workflows.SearchAttributes;
import dev.tidemark.workflows.batch.BatchInput;
import dev.tidemark.workflows.batch.BatchOptions;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.SourceSpec;
import dev.tidemark.workflows.batch.SyncBatchWorkflow;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.TableStatus;
import dev.tidemark.workflows.table.WhenBusy;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleListDescription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A worker that is only started and stopped needs no name, hence the suppressed warning. */
@SuppressWarnings("try")
class WorkerProcessIT {

  @RegisterExtension private static final DevelopmentServer SERVER = new DevelopmentServer();

  private static WorkflowClient client;

  @BeforeAll
  static void connect() {
    client = SERVER.client();
  }

  @Test
  void aRunReadsWellInTemporalsOwnListsAndPages() throws Exception {
    FakeActivities fakes = new FakeActivities(3);
    fakes.held.add("t0");
    try (WorkerProcess ignored = worker(SERVER.target(), "visible", fakes)) {
      begin("sync_visible", "visible");
      awaitCompleted("sync_visible", 2);

      var description = client.newUntypedWorkflowStub("sync_visible").describe();
      assertThat(description.getStaticSummary()).isEqualTo("branches: lmp → dashboard");
      assertThat(description.getTypedSearchAttributes().get(SearchAttributes.STATUS))
          .isEqualTo("running");
      assertThat(description.getTypedSearchAttributes().get(SearchAttributes.CONNECTION))
          .containsExactly("lmp", "dashboard");
      assertThat(details("sync_visible"))
          .contains("**branches**: running")
          .contains("3 tables: 1 in progress, 2 completed");
      await()
          .until(
              () ->
                  client
                          .listExecutions(
                              "TidemarkStatus = 'running' AND TidemarkBatch = 'branches'")
                          .count()
                      == 1);
      fakes.held.clear();
      assertThat(closed("sync_visible")).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
      assertThat(fakes.bulkQueues).containsExactly("visible-bulk");
    }
  }

  @Test
  void anInterruptedRunClosesAsCanceledAndTheSameIdStartsAgain() throws Exception {
    FakeActivities fakes = new FakeActivities(3);
    fakes.held.add("t0");
    try (WorkerProcess ignored = worker(SERVER.target(), "interrupted", fakes)) {
      SyncBatchWorkflow batch = begin("sync_interrupted", "interrupted");
      awaitCompleted("sync_interrupted", 2);

      batch.interrupt("maintenance");

      assertThat(closed("sync_interrupted")).isEqualTo(WORKFLOW_EXECUTION_STATUS_CANCELED);
      BatchProgress before = progress("sync_interrupted");
      assertThat(before.count(TableStatus.PENDING)).isEqualTo(1);
      assertThat(details("sync_interrupted")).contains("interrupted: maintenance");
      fakes.held.clear();
      BatchInput again =
          new BatchInput(
              "sync_interrupted",
              spec(4),
              new BatchOptions(List.of(), List.of(), "test"),
              before.tables(),
              before.startedAt(),
              false);
      begin(again, "interrupted");
      assertThat(closed("sync_interrupted")).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
      assertThat(progress("sync_interrupted").count(TableStatus.COMPLETED)).isEqualTo(3);
      await().untilAsserted(() -> assertThat(fakes.notified).hasSize(2));
    }
  }

  @Test
  void aPassingErrorAfterARequestToStopFailsNoTable() throws Exception {
    FakeActivities fakes = new FakeActivities(1);
    fakes.held.add("t0");
    fakes.failing.add("t0");
    try (WorkerProcess ignored = worker(SERVER.target(), "passing", fakes)) {
      SyncBatchWorkflow batch = begin("sync_passing", "passing");
      await().until(() -> progress("sync_passing").count(TableStatus.IN_PROGRESS) == 1);

      batch.pause();
      await().until(() -> progress("sync_passing").count(TableStatus.PENDING) == 1);

      fakes.held.clear();
      batch.resume();
      assertThat(closed("sync_passing")).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
    }
  }

  @Test
  void aStoppingWorkerGivesItsTablesToTheNext() throws Exception {
    FakeActivities first = new FakeActivities(1);
    first.held.add("t0");
    WorkerProcess leaving = worker(SERVER.target(), "handover", first);
    begin("sync_handover", "handover");
    await().until(() -> !first.bulkQueues.isEmpty());

    leaving.close();

    assertThat(first.givenBack).containsExactly("t0");
    try (WorkerProcess ignored = worker(SERVER.target(), "handover", new FakeActivities(1))) {
      assertThat(closed("sync_handover")).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
    }
  }

  @Test
  void makesItsSchedulesOnceHoweverOftenItStarts() throws Exception {
    for (int start = 0; start < 2; start++) {
      worker(SERVER.target(), "schedules", new FakeActivities(0)).close();
    }

    ScheduleClient schedules = ScheduleClient.newInstance(SERVER.stubs());
    await()
        .untilAsserted(
            () ->
                assertThat(schedules.listSchedules().map(ScheduleListDescription::getScheduleId))
                    .contains("tidemark-retention:schedules", "tidemark-reconcile:schedules"));
  }

  @Test
  void waitsForATemporalThatStartsLater() throws Exception {
    int port = DevelopmentServer.freePort();
    CompletableFuture<WorkerProcess> starting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return worker("127.0.0.1:" + port, "late", new FakeActivities(0));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    try (DevelopmentServer ignored = DevelopmentServer.start(port)) {
      await().atMost(Duration.ofSeconds(30)).until(starting::isDone);
      starting.join().close();
    }
  }

  @Test
  void aThousandTablesKeepTheirHistorySmall() throws Exception {
    FakeActivities fakes = new FakeActivities(1000);
    try (WorkerProcess ignored = worker(SERVER.target(), "many", fakes)) {
      long start = System.nanoTime();
      begin(
          new BatchInput(
              "sync_many",
              spec(16),
              new BatchOptions(List.of(), List.of(), "test"),
              List.of(),
              null,
              false),
          "many");
      assertThat(closed("sync_many")).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertThat(progress("sync_many").count(TableStatus.COMPLETED)).isEqualTo(1000);
      var history = client.fetchHistory("sync_many").getHistory();
      System.out.printf(
          "1,000 tables: %d ms, %,d events and %,d bytes in the last run, %d archive writes%n",
          took.toMillis(),
          history.getEventsCount(),
          history.getSerializedSize(),
          fakes.archived.size());
      assertThat(history.getEventsCount()).isLessThan(10_240);
    }
  }

  private static WorkerProcess worker(String address, String queue, FakeActivities fakes)
      throws InterruptedException {
    return FakeWorkers.start(DevelopmentServer.at(address), queue, fakes);
  }

  private static SyncBatchWorkflow begin(String id, String queue) {
    return begin(
        BatchInput.first(id, spec(4), new BatchOptions(List.of(), List.of(), "test")), queue);
  }

  private static SyncBatchWorkflow begin(BatchInput input, String queue) {
    SyncBatchWorkflow batch =
        client.newWorkflowStub(
            SyncBatchWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(input.batchId())
                .setTaskQueue(queue)
                .setStaticSummary("branches: lmp → dashboard")
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY)
                .build());
    WorkflowClient.start(batch::run, input);
    return batch;
  }

  private static BatchSpec spec(int parallel) {
    return new BatchSpec(
        "branches",
        List.of(new SourceSpec("lmp", Map.of("branch", "lmp"))),
        "dashboard",
        List.of("*"),
        List.of(),
        TableSpec.DEFAULT,
        Map.of(),
        parallel,
        parallel,
        RetrySpec.DEFAULT,
        WhenBusy.WAIT,
        true);
  }

  private static BatchProgress progress(String id) {
    return client.newWorkflowStub(SyncBatchWorkflow.class, id).progress();
  }

  private static void awaitCompleted(String id, int tables) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> progress(id).count(TableStatus.COMPLETED) == tables);
  }

  private static String details(String id) {
    return client
        .newUntypedWorkflowStub(id)
        .query("__temporal_workflow_metadata", WorkflowMetadata.class)
        .getCurrentDetails();
  }

  private static WorkflowExecutionStatus closed(String id) {
    WorkflowStub stub = client.newUntypedWorkflowStub(id);
    try {
      BatchProgress ignored = stub.getResult(BatchProgress.class);
    } catch (WorkflowFailedException e) {
      // How it closed is in the description.
    }
    return client.newUntypedWorkflowStub(id).describe().getStatus();
  }
}
