package dev.tidemark.activities.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidemark.activities.batch.ArchiveActivitiesImpl;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.ControlConfiguration;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.control.ArchivedBatch;
import dev.tidemark.connect.control.ArchivedTable;
import dev.tidemark.connect.control.BatchArchive;
import dev.tidemark.connect.control.ControlDatabase;
import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.SearchAttributes;
import dev.tidemark.workflows.batch.ArchiveActivities;
import dev.tidemark.workflows.batch.ArchiveInput;
import dev.tidemark.workflows.batch.BatchInput;
import dev.tidemark.workflows.batch.BatchOptions;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.batch.NotificationActivities;
import dev.tidemark.workflows.batch.PlanActivities;
import dev.tidemark.workflows.batch.PlanInput;
import dev.tidemark.workflows.batch.PlannedTable;
import dev.tidemark.workflows.batch.SourcePlan;
import dev.tidemark.workflows.batch.SourceSpec;
import dev.tidemark.workflows.batch.SyncBatchWorkflow;
import dev.tidemark.workflows.batch.SyncBatchWorkflowImpl;
import dev.tidemark.workflows.batch.TableOrder;
import dev.tidemark.workflows.notification.EndedRun;
import dev.tidemark.workflows.notification.NotificationRuns;
import dev.tidemark.workflows.notification.NotificationWorkflowImpl;
import dev.tidemark.workflows.notification.ReceiverActivities;
import dev.tidemark.workflows.notification.Telling;
import dev.tidemark.workflows.retention.ReconcileWorkflow;
import dev.tidemark.workflows.retention.ReconcileWorkflowImpl;
import dev.tidemark.workflows.retention.RetentionWorkflow;
import dev.tidemark.workflows.retention.RetentionWorkflowImpl;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.TableActivities;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableResult;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.TableTask;
import dev.tidemark.workflows.table.WhenBusy;
import io.grpc.Status;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptor;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowClientInterceptorBase;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArchiveMaintenanceIT {

  private static final Instant NOW = Instant.parse("2025-11-08T14:30:52Z");
  private static final BatchSpec SPEC =
      new BatchSpec(
          "branches",
          List.of(new SourceSpec("lmp", Map.of())),
          "dashboard",
          List.of("*"),
          List.of(),
          TableSpec.DEFAULT,
          Map.of(),
          1,
          1,
          RetrySpec.DEFAULT,
          WhenBusy.WAIT,
          true);
  private static final BatchOptions OPTIONS = new BatchOptions(List.of(), List.of(), "test");

  private static EmbeddedPostgres postgres;
  private static ControlDatabase control;

  private TestWorkflowEnvironment environment;
  private final Map<String, Runnable> afterDescribe = new HashMap<>();
  private final Set<String> mute = new HashSet<>();
  private final List<EndedRun> told = new CopyOnWriteArrayList<>();
  private Instant now = NOW;

  @BeforeAll
  static void openControlDatabase() throws IOException {
    postgres = EmbeddedPostgres.start();
    control =
        ControlDatabase.open(
            new ControlConfiguration(
                new ConnectionConfiguration(
                    "control",
                    DatabaseType.POSTGRESQL,
                    "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                    "postgres",
                    "postgres",
                    "public",
                    4,
                    false),
                ControlConfiguration.DEFAULT_RETENTION));
  }

  @AfterAll
  static void closeControlDatabase() throws IOException {
    control.close();
    postgres.close();
  }

  @BeforeEach
  void start() {
    TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder();
    SearchAttributes.ALL.forEach(
        key -> options.registerSearchAttribute(key.getName(), key.getValueType()));
    environment = TestWorkflowEnvironment.newInstance(options.build());
    Worker maintenance = environment.newWorker("maintenance");
    maintenance.registerWorkflowImplementationTypes(
        ReconcileWorkflowImpl.class, RetentionWorkflowImpl.class, NotificationWorkflowImpl.class);
    maintenance.registerActivitiesImplementations(
        new Everybody(),
        new ArchiveMaintenanceActivitiesImpl(
            control.batches(),
            control.notifications(),
            new ArchiveActivitiesImpl(control.batches()),
            describing(),
            Duration.ofDays(30),
            new Adjusted()));
    Worker batches = environment.newWorker("batches");
    batches.registerWorkflowImplementationTypes(
        SyncBatchWorkflowImpl.class, NotificationWorkflowImpl.class);
    batches.registerActivitiesImplementations(
        new OneTable(), new LostArchive(), new Nobody(), new Copied());
    environment.start();
  }

  @AfterEach
  void stop() {
    environment.close();
  }

  @Test
  void aBatchThatTemporalDoesNotKnowWasInterrupted() {
    archiveRunning("sync_unknown");

    reconcile();

    assertThat(find("sync_unknown").status()).isEqualTo("interrupted");
    assertThat(batches().tables("sync_unknown").getFirst().status()).isEqualTo("pending");
  }

  @Test
  void aBatchThatRunsIsLeftAlone() {
    begin("sync_runs", "nobody-works-here");
    archiveRunning("sync_runs");

    reconcile();

    assertThat(find("sync_runs").status()).isEqualTo("running");
  }

  @Test
  void aTerminatedBatchWasInterrupted() {
    begin("sync_terminated", "nobody-works-here");
    archiveRunning("sync_terminated");
    client().newUntypedWorkflowStub("sync_terminated").terminate("by hand");

    reconcile();

    assertThat(find("sync_terminated").status()).isEqualTo("interrupted");
    assertThat(find("sync_terminated").endedAt()).isNotNull();
  }

  @Test
  void theEndOfATerminatedBatchIsToldOnce() {
    begin("sync_told", "nobody-works-here");
    archiveRunning("sync_told");
    client().newUntypedWorkflowStub("sync_told").terminate("by hand");
    String run = client().newUntypedWorkflowStub("sync_told").describe().getExecution().getRunId();

    reconcile();
    // As after an attempt that was lost before it mended the archive.
    archiveRunning("sync_told");
    reconcile();

    EndedRun ended = awaitTold("sync_told");
    assertThat(ended.runId()).isEqualTo(run);
    assertThat(ended.progress().name()).isEqualTo("branches");
    assertThat(ended.progress().status()).isEqualTo(BatchStatus.INTERRUPTED);
    assertThat(ended.progress().endedAt()).isNotNull();
    assertThat(ended.progress().tables()).hasSize(1);
    client().newUntypedWorkflowStub(NotificationRuns.id(ended)).getResult(Void.class);
    assertThat(told("sync_told")).hasSize(1);
  }

  @Test
  void theEndOfABatchThatTemporalLostIsTold() {
    archiveRunning("sync_vanished");

    reconcile();

    assertThat(awaitTold("sync_vanished").progress().status()).isEqualTo(BatchStatus.INTERRUPTED);
  }

  @Test
  void aBatchThatEndedItselfIsNotToldOfASecondTime() {
    archiveRunning("sync_itself");
    begin("sync_itself", "batches");
    BatchProgress ignored =
        client().newUntypedWorkflowStub("sync_itself").getResult(BatchProgress.class);
    archiveRunning("sync_terminated_later");

    reconcile();

    awaitTold("sync_terminated_later");
    assertThat(told("sync_itself")).isEmpty();
  }

  private EndedRun awaitTold(String batchId) {
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !told(batchId).isEmpty());
    return told(batchId).getFirst();
  }

  /** The archive has batches of other tests too. */
  private List<EndedRun> told(String batchId) {
    return told.stream().filter(ended -> ended.progress().batchId().equals(batchId)).toList();
  }

  @Test
  void aBatchThatEndedWhileTheArchiveWasAwayGetsItsTrueEnd() {
    archiveRunning("sync_lost");
    begin("sync_lost", "batches");
    BatchProgress ignored =
        client().newUntypedWorkflowStub("sync_lost").getResult(BatchProgress.class);

    reconcile();

    assertThat(find("sync_lost").status()).isEqualTo("completed");
    assertThat(find("sync_lost").completedTables()).isEqualTo(1);
    assertThat(batches().tables("sync_lost").getFirst().recordsInserted()).isEqualTo(10);
  }

  @Test
  void aBatchThatEndedAndDoesNotAnswerWaitsAnHourForSomebodyWhoKnowsHow() {
    archiveRunning("sync_mute");
    begin("sync_mute", "batches");
    BatchProgress ignored =
        client().newUntypedWorkflowStub("sync_mute").getResult(BatchProgress.class);
    Instant closed =
        Objects.requireNonNull(
            client().newUntypedWorkflowStub("sync_mute").describe().getCloseTime());
    mute.add("sync_mute");

    now = closed.plus(Duration.ofMinutes(59));
    reconcile();
    assertThat(find("sync_mute").status()).isEqualTo("running");

    now = closed.plus(Duration.ofMinutes(61));
    reconcile();
    assertThat(find("sync_mute").status()).isEqualTo("completed");
    assertThat(find("sync_mute").endedAt()).isCloseTo(closed, within(1, ChronoUnit.MILLIS));
  }

  @Test
  void aBatchThatAnswersInALaterRoundGetsItsTrueEnd() {
    archiveRunning("sync_later");
    begin("sync_later", "batches");
    BatchProgress ignored =
        client().newUntypedWorkflowStub("sync_later").getResult(BatchProgress.class);
    mute.add("sync_later");
    reconcile();

    mute.clear();
    reconcile();

    assertThat(find("sync_later").status()).isEqualTo("completed");
    assertThat(find("sync_later").completedTables()).isEqualTo(1);
  }

  @Test
  void aBatchResumedAfterItsClosedRunWasSeenStaysAsItsNewRunSays() {
    begin("sync_resumed", "nobody-works-here");
    archiveRunning("sync_resumed");
    client().newUntypedWorkflowStub("sync_resumed").terminate("by hand");
    afterDescribe.put(
        "sync_resumed",
        () -> {
          begin("sync_resumed", "nobody-works-here");
          save("sync_resumed", "running", null, Instant.now().plusSeconds(60));
        });

    reconcile();

    assertThat(find("sync_resumed").status()).isEqualTo("running");
    assertThat(find("sync_resumed").endedAt()).isNull();
    assertThat(batches().tables("sync_resumed").getFirst().status()).isEqualTo("in_progress");
  }

  @Test
  void aBatchStartedAgainAfterTemporalForgotItStaysAsItsNewRunSays() {
    archiveRunning("sync_forgotten");
    afterDescribe.put(
        "sync_forgotten",
        () -> save("sync_forgotten", "running", null, NOW.minus(Duration.ofSeconds(1))));

    reconcile();

    assertThat(find("sync_forgotten").status()).isEqualTo("running");
  }

  @Test
  void theEndIsThatOfTheRunThatWasSeenClosed() {
    archiveRunning("sync_ended");
    begin("sync_ended", "batches");
    BatchProgress ignored =
        client().newUntypedWorkflowStub("sync_ended").getResult(BatchProgress.class);
    afterDescribe.put("sync_ended", () -> begin("sync_ended", "nobody-works-here"));

    reconcile();

    assertThat(find("sync_ended").status()).isEqualTo("completed");
    assertThat(find("sync_ended").completedTables()).isEqualTo(1);
  }

  @Test
  void batchesLeaveTheArchiveAfterTheRetention() {
    save("sync_old", "completed", NOW.minus(Duration.ofDays(31)));
    save("sync_young", "completed", NOW.minus(Duration.ofDays(29)));

    int deleted =
        client()
            .newWorkflowStub(
                RetentionWorkflow.class,
                WorkflowOptions.newBuilder().setTaskQueue("maintenance").build())
            .run();

    assertThat(deleted).isEqualTo(1);
    assertThat(batches().find("sync_old")).isEmpty();
    assertThat(batches().find("sync_young")).isPresent();
  }

  private void reconcile() {
    int ignored =
        client()
            .newWorkflowStub(
                ReconcileWorkflow.class,
                WorkflowOptions.newBuilder().setTaskQueue("maintenance").build())
            .run();
  }

  private void begin(String id, String queue) {
    SyncBatchWorkflow batch =
        client()
            .newWorkflowStub(
                SyncBatchWorkflow.class,
                WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue(queue).build());
    WorkflowClient.start(batch::run, BatchInput.first(id, SPEC, OPTIONS));
  }

  private static void archiveRunning(String id) {
    save(id, "running", null);
  }

  private static void save(String id, String status, @Nullable Instant endedAt) {
    save(id, status, endedAt, NOW.minus(Duration.ofDays(40)));
  }

  private static void save(
      String id, String status, @Nullable Instant endedAt, Instant recordedAt) {
    Instant started = NOW.minus(Duration.ofDays(40));
    batches()
        .save(
            new ArchivedBatch(
                id,
                "branches",
                status,
                false,
                1,
                0,
                0,
                0,
                PayloadJson.write(OPTIONS),
                PayloadJson.write(SPEC),
                started,
                endedAt,
                "test",
                recordedAt,
                null,
                null),
            List.of(
                new ArchivedTable(
                    id,
                    "lmp",
                    "public",
                    "a",
                    "A",
                    "a",
                    "in_progress",
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    null,
                    null,
                    null,
                    started,
                    null,
                    0,
                    0,
                    List.of())));
  }

  private static ArchivedBatch find(String id) {
    return batches().find(id).orElseThrow();
  }

  private static BatchArchive batches() {
    return control.batches();
  }

  private WorkflowClient client() {
    return environment.getWorkflowClient();
  }

  /** A client that lets something happen after a run was described, and whose calls may fail. */
  private WorkflowClient describing() {
    return WorkflowClient.newInstance(
        environment.getWorkflowServiceStubs(),
        WorkflowClientOptions.newBuilder(client().getOptions())
            .setInterceptors(new AfterDescribe())
            .validateAndBuildWithDefaults());
  }

  private final class AfterDescribe extends WorkflowClientInterceptorBase {

    @Override
    public WorkflowClientCallsInterceptor workflowClientCallsInterceptor(
        WorkflowClientCallsInterceptor next) {
      return new WorkflowClientCallsInterceptorBase(next) {
        @Override
        public <R> QueryOutput<R> query(QueryInput<R> input) {
          WorkflowExecution run = input.getWorkflowExecution();
          if (mute.contains(run.getWorkflowId())) {
            throw new WorkflowServiceException(
                run, "SyncBatchWorkflow", Status.DEADLINE_EXCEEDED.asRuntimeException());
          }
          return super.query(input);
        }

        @Override
        public DescribeWorkflowOutput describe(DescribeWorkflowInput input) {
          try {
            return super.describe(input);
          } finally {
            String id = input.getWorkflowExecution().getWorkflowId();
            afterDescribe.getOrDefault(id, () -> {}).run();
          }
        }
      };
    }
  }

  /** Shows the time that the test has set. */
  private final class Adjusted extends Clock {

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

  private static final class OneTable implements PlanActivities {

    @Override
    public TableOrder order(String target) {
      return TableOrder.NONE;
    }

    @Override
    public SourcePlan plan(PlanInput input) {
      return new SourcePlan(
          List.of(new PlannedTable(new TableId("lmp", "public", "a"), "a", 10, null)));
    }
  }

  private static final class LostArchive implements ArchiveActivities {

    @Override
    public void archive(ArchiveInput input) {
      throw new IllegalStateException("the control database is down");
    }

    @Override
    public SourcePlan lastKnownTables(PlanInput input) {
      throw new IllegalStateException("the control database is down");
    }
  }

  /** On the queue of maintenance; who hears of batches that end themselves is on theirs. */
  private final class Everybody implements ReceiverActivities {

    @Override
    public List<String> receivers(EndedRun ended) {
      return List.of("ops");
    }

    @Override
    public void tell(Telling telling) {
      told.add(telling.ended());
    }
  }

  private static final class Nobody implements NotificationActivities, ReceiverActivities {

    @Override
    public List<String> receivers(EndedRun ended) {
      return List.of();
    }

    @Override
    public void tell(Telling telling) {}

    @Override
    public void batchEnded(BatchProgress progress) {}
  }

  private static final class Copied implements TableActivities {

    @Override
    public TableResult syncTable(TableTask task) {
      return new TableResult(true, new RowCounts(10, 10, 0, 0), 0);
    }
  }
}
