package dev.tidemark.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.ConnectionLimits;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.connect.configuration.WorkerConfiguration;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.batch.BatchInput;
import dev.tidemark.workflows.batch.BatchOptions;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.batch.SourceSpec;
import dev.tidemark.workflows.batch.SyncBatchWorkflow;
import dev.tidemark.workflows.letter.LetterResult;
import dev.tidemark.workflows.letter.LetterTask;
import dev.tidemark.workflows.letter.RetryLettersWorkflow;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.RowSpec;
import dev.tidemark.workflows.table.SyncTableWorkflow;
import dev.tidemark.workflows.table.TableHeartbeat;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.TableStatus;
import dev.tidemark.workflows.table.TableTask;
import dev.tidemark.workflows.table.WhenBusy;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The branch writes its rows of a table, the office all of them: they wait for each other. Real
 * databases, real Temporal, a real worker.
 */
class OverlappingSlicesIT {

  @RegisterExtension private static final DevelopmentServer SERVER = new DevelopmentServer();

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** More than a look at a slice that is held and the pause behind it take. */
  private static final Duration SOME_LOOKS = Duration.ofSeconds(7);

  /** Who waits once has half as many, and who asks again and again has more after a second. */
  private static final long FEW_EVENTS = 200;

  private static final TableId BRANCH = new TableId("branch", "public", "orders");
  private static final TableId OFFICE = new TableId("office", "public", "orders");

  private final ConnectionConfiguration branch =
      slow(TestServer.POSTGRESQL.newDatabase(BRANCH.connection()));
  private final ConnectionConfiguration office =
      TestServer.POSTGRESQL.newDatabase(OFFICE.connection());
  private final ConnectionConfiguration dashboard = TestServer.MARIADB.newDatabase("dashboard");
  private final ConnectionConfiguration control = TestServer.POSTGRESQL.newDatabase("control");
  private WorkflowClient client;
  private WorkerProcess worker;

  private static ConnectionConfiguration slow(ConnectionConfiguration database) {
    return new ConnectionConfiguration(
        database.name(),
        database.type(),
        database.jdbcUrl(),
        database.username(),
        database.password(),
        database.schema(),
        database.poolSize(),
        false,
        new ConnectionLimits(1000, 0),
        null);
  }

  @BeforeEach
  void start() throws Exception {
    TestServer.execute(
        branch,
        "CREATE TABLE orders (id int PRIMARY KEY, note text)",
        "INSERT INTO orders SELECT n, 'branch' FROM generate_series(1, 4000) n",
        "ANALYZE");
    TestServer.execute(
        office,
        "CREATE TABLE orders (branch text, id int, note text, PRIMARY KEY (branch, id))",
        "INSERT INTO orders SELECT 'hq', n, 'office' FROM generate_series(1, 50) n",
        "ANALYZE");
    TestServer.execute(
        dashboard,
        "CREATE TABLE orders (branch varchar(3), id int, note varchar(10),"
            + " PRIMARY KEY (branch, id))");
    client = SERVER.client();
    worker = WorkerProcess.start(configuration());
  }

  private TidemarkConfiguration configuration() {
    return SERVER.configuration(control, branch, office, dashboard);
  }

  @AfterEach
  void stop() throws Exception {
    if (worker != null) {
      worker.close();
    }
  }

  @Test
  void whoeverWaitsForASliceThatSharesRowsAddsNoEvents() throws Exception {
    TestServer.execute(office, "UPDATE orders SET note = 'far too long for it' WHERE id = 7");
    assertThat(client.newWorkflowStub(SyncTableWorkflow.class, options("before")).run(task()))
        .extracting(TableProgress::counts)
        .isEqualTo(new RowCounts(50, 49, 0, 0, 0, 0, 1));
    TestServer.execute(dashboard, "ALTER TABLE orders MODIFY note varchar(50)");
    SyncBatchWorkflow holder =
        start("sync_holder", List.of(new SourceSpec("branch", Map.of("branch", "lmp"))), false);
    awaitRowsOfBranch("sync_holder");
    holder.pause();
    await().atMost(PATIENCE).until(() -> describe("sync_holder").getPendingActivitiesCount() == 0);

    SyncTableWorkflow table = client.newWorkflowStub(SyncTableWorkflow.class, options("table"));
    WorkflowClient.start(table::run, task());
    RetryLettersWorkflow letters =
        client.newWorkflowStub(RetryLettersWorkflow.class, options("letters"));
    WorkflowClient.start(letters::run, new LetterTask("dashboard", "orders", List.of(), 1));
    for (String id : List.of("table", "letters")) {
      awaitWaiting(id, "orders is held by sync_holder, as orders[branch=lmp]");
      assertThat(events(id)).isLessThan(FEW_EVENTS);
    }
    long ofTable = events("table");
    long ofLetters = events("letters");
    TimeUnit.MILLISECONDS.sleep(SOME_LOOKS.toMillis());
    assertThat(events("table")).isEqualTo(ofTable);
    assertThat(events("letters")).isEqualTo(ofLetters);

    holder.resume();
    assertThat(result(holder).status()).isEqualTo(BatchStatus.COMPLETED);
    TableProgress synced = WorkflowStub.fromTyped(table).getResult(TableProgress.class);
    assertThat(synced.status()).isEqualTo(TableStatus.COMPLETED);
    assertThat(synced.retries()).as("waiting is no failure").isZero();
    // Whichever of the two came first wrote the row.
    assertThat(WorkflowStub.fromTyped(letters).getResult(LetterResult.class))
        .extracting(LetterResult::refused)
        .isEqualTo(0);
    assertThat(events("table")).isLessThan(FEW_EVENTS);
    assertThat(events("letters")).isLessThan(FEW_EVENTS);
  }

  @Test
  void twoSourcesOfABatchThatShareRowsAreCopiedOneAfterTheOther() throws Exception {
    SyncBatchWorkflow batch = start("sync_both", both(), false);

    BatchProgress end = result(batch);

    assertThat(end.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(end.count(TableStatus.COMPLETED)).isEqualTo(2);
    assertThat(events("sync_both")).isLessThan(FEW_EVENTS);
  }

  @Test
  void aTableIsCopiedOnceTheOneForWhichItWaitsIsSkipped() throws Exception {
    SyncBatchWorkflow batch = startWithTheBranch("sync_skipped");
    batch.resumeTable(OFFICE);
    awaitWaiting("sync_skipped", "orders is held by sync_skipped, as orders[branch=lmp]");

    batch.skipTable(BRANCH);

    BatchProgress end = result(batch);
    assertThat(end.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(status(end, BRANCH)).isEqualTo(TableStatus.SKIPPED);
    assertThat(status(end, OFFICE)).isEqualTo(TableStatus.COMPLETED);
    assertThat(events("sync_skipped")).isLessThan(FEW_EVENTS);
  }

  /** Its slice stays the run's, and no attempt comes that would let it go. */
  @Test
  void aTableThatWasPausedAndSkippedKeepsNoOtherOneWaiting() throws Exception {
    SyncBatchWorkflow batch = startWithTheBranch("sync_paused");
    batch.pauseTable(BRANCH);
    await().atMost(PATIENCE).until(() -> describe("sync_paused").getPendingActivitiesCount() == 0);
    batch.skipTable(BRANCH);
    batch.resumeTable(OFFICE);

    BatchProgress end = result(batch);
    assertThat(status(end, OFFICE)).isEqualTo(TableStatus.COMPLETED);
    assertThat(events("sync_paused")).isLessThan(FEW_EVENTS);
  }

  /** The branch is being copied, and the office is paused. */
  private SyncBatchWorkflow startWithTheBranch(String id) {
    SyncBatchWorkflow batch = start(id, both(), true);
    await().atMost(PATIENCE).until(() -> batch.progress().tables().size() == 2);
    batch.pauseTable(OFFICE);
    batch.resume();
    awaitRowsOfBranch(id);
    return batch;
  }

  private static List<SourceSpec> both() {
    return List.of(
        new SourceSpec("branch", Map.of("branch", "lmp")), new SourceSpec("office", Map.of()));
  }

  private SyncBatchWorkflow start(String id, List<SourceSpec> sources, boolean paused) {
    BatchSpec spec =
        new BatchSpec(
            "orders",
            sources,
            "dashboard",
            List.of("orders"),
            List.of(),
            spec(),
            Map.of(),
            4,
            2,
            RetrySpec.DEFAULT,
            WhenBusy.WAIT,
            true);
    SyncBatchWorkflow batch = client.newWorkflowStub(SyncBatchWorkflow.class, options(id));
    BatchOptions options = new BatchOptions(List.of(), List.of(), "test");
    WorkflowClient.start(batch::run, new BatchInput(id, spec, options, List.of(), null, paused));
    return batch;
  }

  private static TableTask task() {
    return new TableTask(
        OFFICE, "dashboard", "orders", spec(), RetrySpec.DEFAULT, WhenBusy.WAIT, false, 0, 1);
  }

  private static TableSpec spec() {
    return new TableSpec(
        null,
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        Map.of(),
        100,
        1,
        ModeSpec.FULL,
        new RowSpec(null, Map.of(), 10));
  }

  private static WorkflowOptions options(String id) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(id)
        .setTaskQueue(WorkerConfiguration.DEFAULT.controlTaskQueue())
        .build();
  }

  private static BatchProgress result(SyncBatchWorkflow batch) throws Exception {
    return WorkflowStub.fromTyped(batch)
        .getResult(PATIENCE.toSeconds(), TimeUnit.SECONDS, BatchProgress.class);
  }

  private static TableStatus status(BatchProgress progress, TableId id) {
    return progress.tables().stream()
        .filter(table -> table.table().equals(id))
        .findFirst()
        .orElseThrow()
        .status();
  }

  private static void awaitRowsOfBranch(String id) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () ->
                heartbeats(id).stream()
                    .anyMatch(beat -> beat.table().equals(BRANCH) && beat.counts().read() > 0));
  }

  private static void awaitWaiting(String id, String held) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> heartbeats(id).stream().anyMatch(beat -> held.equals(beat.waitingFor())));
  }

  private static List<TableHeartbeat> heartbeats(String id) {
    return describe(id).getPendingActivitiesList().stream()
        .filter(activity -> activity.hasHeartbeatDetails())
        .filter(
            activity ->
                List.of("SyncTable", "AwaitSlice").contains(activity.getActivityType().getName()))
        .map(
            activity ->
                PayloadJson.DATA_CONVERTER.fromPayloads(
                    0,
                    Optional.of(activity.getHeartbeatDetails()),
                    TableHeartbeat.class,
                    TableHeartbeat.class))
        .toList();
  }

  private static long events(String id) {
    return describe(id).getWorkflowExecutionInfo().getHistoryLength();
  }

  private static DescribeWorkflowExecutionResponse describe(String id) {
    return SERVER
        .stubs()
        .blockingStub()
        .describeWorkflowExecution(
            DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace("default")
                .setExecution(WorkflowExecution.newBuilder().setWorkflowId(id))
                .build());
  }
}
