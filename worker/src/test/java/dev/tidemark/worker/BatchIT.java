package dev.tidemark.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidemark.connect.comparison.ComparisonResult;
import dev.tidemark.connect.comparison.Side;
import dev.tidemark.connect.configuration.ConfigurationLoader;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.connect.configuration.WorkerConfiguration;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.control.ArchivedBatch;
import dev.tidemark.connect.control.ControlDatabase;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.ColumnChoice;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.specs.schedule.Schedules;
import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.batch.BatchInput;
import dev.tidemark.workflows.batch.BatchOptions;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.batch.SourceSpec;
import dev.tidemark.workflows.batch.SyncBatchWorkflow;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.TableHeartbeat;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.TableStatus;
import dev.tidemark.workflows.table.WhenBusy;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.net.URI;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole batches: real databases, real Temporal, a real worker. */
class BatchIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final ConnectionConfiguration lmp = TestServer.POSTGRESQL.newDatabase("pgsql_lmp");
  private final ConnectionConfiguration sby = TestServer.POSTGRESQL.newDatabase("pgsql_sby");
  private final ConnectionConfiguration dashboard = TestServer.MARIADB.newDatabase("dashboard");
  private final ConnectionConfiguration control = TestServer.POSTGRESQL.newDatabase("control");
  private TcpProxy proxy;
  private ConnectionConfiguration line;
  private DevelopmentServer server;
  private WorkflowClient client;
  private WorkerProcess worker;

  @BeforeEach
  void start() throws Exception {
    server = DevelopmentServer.start(DevelopmentServer.freePort());
    for (ConnectionConfiguration branch : List.of(lmp, sby)) {
      TestServer.execute(
          branch,
          "CREATE TABLE ad_org (ad_org_id int PRIMARY KEY, name text)",
          "INSERT INTO ad_org SELECT i, 'org ' || i FROM generate_series(1, 7) i",
          "CREATE TABLE c_invoice (c_invoice_id bigint PRIMARY KEY, note text, total numeric(12,2))",
          "INSERT INTO c_invoice SELECT i, repeat(md5(i::text), 4), i / 100.0 FROM"
              + " generate_series(1, 20000) i",
          "ANALYZE");
    }
    proxy = new TcpProxy(URI.create(dashboard.jdbcUrl().substring("jdbc:".length())).getPort());
    line =
        new ConnectionConfiguration(
            "dashboard",
            dashboard.type(),
            "jdbc:mariadb://127.0.0.1:" + proxy.port() + "/" + dashboard.schema(),
            dashboard.username(),
            dashboard.password(),
            dashboard.schema(),
            8,
            false);
    client = server.client();
    worker = WorkerProcess.start(configuration());
  }

  private TidemarkConfiguration configuration() {
    return server.configuration(control, lmp, sby, line);
  }

  @AfterEach
  void stop() throws Exception {
    if (worker != null) {
      worker.close();
    }
    if (server != null) {
      server.close();
    }
    if (proxy != null) {
      proxy.close();
    }
  }

  @Test
  void copiesTwoBranchesIntoOneTargetAndArchivesWhatItDid() throws Exception {
    SyncBatchWorkflow batch = start("sync_two", spec(WhenBusy.WAIT, 5000));
    BatchProgress end = WorkflowStub.fromTyped(batch).getResult(BatchProgress.class);

    assertThat(end.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(end.tables())
        .extracting(TableProgress::status)
        .containsOnly(TableStatus.COMPLETED)
        .hasSize(4);
    assertEqual(lmp, "lmp", "c_invoice");
    assertEqual(sby, "sby", "ad_org");
    try (ControlDatabase archive = ControlDatabase.open(configuration().control())) {
      ArchivedBatch archived = archive.batches().find("sync_two").orElseThrow();
      assertThat(archived.status()).isEqualTo("completed");
      assertThat(archived.completedTables()).isEqualTo(4);
      assertThat(archive.batches().tables("sync_two"))
          .anySatisfy(
              table -> {
                assertThat(table.model()).isEqualTo("CInvoice");
                assertThat(table.recordsProcessed()).isEqualTo(20000);
                assertThat(table.recordsInserted()).isEqualTo(20000);
              });
    }
  }

  @Test
  void aScheduledBatchIsCopiedAndArchivedAsAnyOther() throws Exception {
    worker.close();
    worker = WorkerProcess.start(scheduled());

    new Schedules(server.stubs(), "default", WorkerConfiguration.DEFAULT.controlTaskQueue())
        .handle("nightly")
        .trigger();

    try (ControlDatabase archive = ControlDatabase.open(configuration().control())) {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  archive
                      .batches()
                      .latest()
                      .filter(batch -> batch.status().equals("completed"))
                      .isPresent());
      ArchivedBatch archived = archive.batches().latest().orElseThrow();
      assertThat(archived.batchId()).matches("sync_\\d{8}_\\d{6}_[A-Za-z0-9]{8}");
      assertThat(archived.requestedBy()).isEqualTo("schedule nightly");
      assertThat(archived.completedTables()).isEqualTo(1);
    }
    assertEqual(lmp, "lmp", "ad_org");
  }

  private TidemarkConfiguration scheduled() {
    TidemarkConfiguration file =
        new ConfigurationLoader(Map.of())
            .parse(
                "tidemark.yaml",
                """
                connections:
                  pgsql_lmp: {type: postgresql, host: h, database: lmp}
                  dashboard: {type: mariadb, host: h, database: d}
                batches:
                  branches:
                    sources: [{connection: pgsql_lmp, constants: {branch: lmp}}]
                    target: dashboard
                schedules:
                  nightly: {batch: branches, tables: [AdOrg], cron: "@yearly"}
                """);
    TidemarkConfiguration servers = configuration();
    return new TidemarkConfiguration(
        servers.connections(),
        file.batches(),
        file.schedules(),
        servers.control(),
        servers.temporal(),
        servers.worker(),
        servers.api(),
        servers.notifications());
  }

  @Test
  void leavesOutAColumnOfATableThatIsNamedInAnotherCase() throws Exception {
    for (ConnectionConfiguration branch : List.of(lmp, sby)) {
      TestServer.execute(
          branch,
          "CREATE TABLE c_invoiceline (id int PRIMARY KEY, card_no text)",
          "INSERT INTO c_invoiceline VALUES (1, '4111')");
    }
    TableSpec secret =
        new TableSpec(null, List.of(), List.of(), List.of("card_no"), Map.of(), Map.of(), 100);
    SyncBatchWorkflow batch =
        start(
            "sync_secret",
            spec(List.of("c_invoiceline"), Map.of("CInvoiceLine", secret), WhenBusy.WAIT, 100));
    BatchProgress end = WorkflowStub.fromTyped(batch).getResult(BatchProgress.class);

    assertThat(end.status()).isEqualTo(BatchStatus.COMPLETED);
    try (Connections connections = new Connections(List.of(dashboard));
        Connection target = connections.open("dashboard")) {
      assertThat(
              Dialects.of(dashboard.type())
                  .describe(target, dashboard.schema(), "c_invoiceline")
                  .orElseThrow()
                  .columns())
          .extracting(Column::name)
          .containsExactlyInAnyOrder("branch", "id");
    }
  }

  @Test
  void goesOnWhenTheLineToTheTargetWasCut() throws Exception {
    SyncBatchWorkflow batch = start("sync_cut", spec(WhenBusy.WAIT, 100));
    awaitRows("sync_cut", 500);
    proxy.cut();
    await()
        .atMost(PATIENCE)
        .until(() -> heartbeats("sync_cut").stream().anyMatch(beat -> beat.failures() > 0));
    proxy.mend();

    BatchProgress end = WorkflowStub.fromTyped(batch).getResult(BatchProgress.class);
    assertThat(end.tables()).allSatisfy(t -> assertThat(t.error()).isNull());
    assertThat(end.tables()).anySatisfy(table -> assertThat(table.retries()).isPositive());
    assertThat(end.tables())
        .allSatisfy(
            table -> {
              assertThat(table.counts().inserted()).isEqualTo(table.counts().read());
            });
    assertEqual(lmp, "lmp", "c_invoice");
    assertEqual(sby, "sby", "c_invoice");
  }

  @Test
  void aTableGivesUpWhenItsBudgetOfFailuresIsUsedUp() throws Exception {
    proxy.cut();
    SyncBatchWorkflow batch = start("sync_gone", spec(WhenBusy.WAIT, 5000));
    assertThatThrownBy(() -> WorkflowStub.fromTyped(batch).getResult(BatchProgress.class))
        .isInstanceOf(WorkflowFailedException.class);
    BatchProgress end = batch.progress();
    assertThat(end.status()).isEqualTo(BatchStatus.FAILED);
    assertThat(end.tables())
        .allSatisfy(
            table -> {
              assertThat(table.status()).isEqualTo(TableStatus.FAILED);
              ErrorDetail error = Objects.requireNonNull(table.error());
              assertThat(error.code()).isEqualTo("CONNECTION_FAILED");
              assertThat(error.message()).contains("gave up after 3 failures");
              assertThat(error.remedy()).contains("can be reached");
            });
  }

  @Test
  void aSecondBatchWaitsForASliceOrIsRefusedNamingTheHolder() throws Exception {
    SyncBatchWorkflow first = start("sync_first", spec(WhenBusy.WAIT, 100));
    awaitRows("sync_first", 300);
    first.pause();
    await().atMost(PATIENCE).until(() -> heartbeats("sync_first").isEmpty());

    SyncBatchWorkflow refused = start("sync_refused", spec(WhenBusy.REFUSE, 5000));
    assertThatThrownBy(() -> WorkflowStub.fromTyped(refused).getResult(BatchProgress.class))
        .isInstanceOf(WorkflowFailedException.class);
    assertThat(refused.progress().tables())
        .filteredOn(table -> table.table().table().equals("c_invoice"))
        .allSatisfy(
            table -> {
              ErrorDetail error = Objects.requireNonNull(table.error());
              assertThat(error.code()).isEqualTo("SLICE_REFUSED");
              assertThat(error.message()).contains("is held by sync_first");
            });

    SyncBatchWorkflow waiting = start("sync_waiting", spec(WhenBusy.WAIT, 5000));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                heartbeats("sync_waiting").stream()
                    .anyMatch(
                        beat ->
                            String.valueOf(beat.waitingFor()).contains("is held by sync_first")));
    first.resume();
    assertThat(WorkflowStub.fromTyped(first).getResult(BatchProgress.class).status())
        .isEqualTo(BatchStatus.COMPLETED);
    BatchProgress end = WorkflowStub.fromTyped(waiting).getResult(BatchProgress.class);
    assertThat(end.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(end.tables())
        .allSatisfy(
            table -> {
              assertThat(table.retries()).as("waiting is no failure").isZero();
              assertThat(table.counts().skipped()).isEqualTo(table.counts().read());
            });
    assertEqual(sby, "sby", "c_invoice");
  }

  @Test
  void anInterruptedBatchResumesInTheMiddleOfItsTables() throws Exception {
    SyncBatchWorkflow batch = start("sync_resumed", spec(WhenBusy.WAIT, 100));
    awaitRows("sync_resumed", 1000);
    batch.interrupt("power cut");
    assertThatThrownBy(() -> WorkflowStub.fromTyped(batch).getResult(BatchProgress.class))
        .isInstanceOf(WorkflowFailedException.class);
    BatchProgress before = batch.progress();
    assertThat(before.status()).isEqualTo(BatchStatus.INTERRUPTED);
    TableProgress half = table(before, lmp.name());
    assertThat(half.counts().read()).isBetween(100L, 19_999L);

    SyncBatchWorkflow again =
        client.newWorkflowStub(SyncBatchWorkflow.class, options("sync_resumed"));
    BatchProgress end =
        again.run(
            new BatchInput(
                "sync_resumed",
                spec(WhenBusy.WAIT, 100),
                new BatchOptions(List.of(), List.of(), "test"),
                before.tables(),
                before.startedAt(),
                false));
    assertThat(end.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(table(end, lmp.name()).counts().inserted()).isEqualTo(20_000);
    assertThat(table(end, lmp.name()).counts().read()).as("no chunk twice").isEqualTo(20_000);
    assertEqual(lmp, "lmp", "c_invoice");
    assertEqual(sby, "sby", "c_invoice");
  }

  @Test
  void aWorkerThatStopsGivesItsTablesToTheNext() throws Exception {
    SyncBatchWorkflow batch = start("sync_handed", spec(WhenBusy.WAIT, 100));
    awaitRows("sync_handed", 500);
    worker.close();
    worker = WorkerProcess.start(configuration());
    BatchProgress end = WorkflowStub.fromTyped(batch).getResult(BatchProgress.class);
    assertThat(end.tables())
        .allSatisfy(
            table -> {
              assertThat(table.status()).isEqualTo(TableStatus.COMPLETED);
              assertThat(table.retries()).as("a deployment is no failure").isZero();
              assertThat(table.counts().inserted()).isEqualTo(table.counts().read());
            });
    assertEqual(lmp, "lmp", "c_invoice");
  }

  private SyncBatchWorkflow start(String id, BatchSpec spec) {
    SyncBatchWorkflow batch = client.newWorkflowStub(SyncBatchWorkflow.class, options(id));
    WorkflowClient.start(
        batch::run, BatchInput.first(id, spec, new BatchOptions(List.of(), List.of(), "test")));
    return batch;
  }

  private static WorkflowOptions options(String id) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(id)
        .setTaskQueue(WorkerConfiguration.DEFAULT.controlTaskQueue())
        .build();
  }

  private static BatchSpec spec(WhenBusy whenBusy, int chunkRows) {
    return spec(List.of("*"), Map.of(), whenBusy, chunkRows);
  }

  private static BatchSpec spec(
      List<String> tables, Map<String, TableSpec> settings, WhenBusy whenBusy, int chunkRows) {
    TableSpec table =
        new TableSpec(null, List.of(), List.of(), List.of(), Map.of(), Map.of(), chunkRows);
    return new BatchSpec(
        "branches",
        List.of(
            new SourceSpec("pgsql_lmp", Map.of("branch", "lmp")),
            new SourceSpec("pgsql_sby", Map.of("branch", "sby"))),
        "dashboard",
        tables,
        List.of(),
        table,
        settings,
        4,
        2,
        new RetrySpec(3, Duration.ofMillis(300), Duration.ofSeconds(2), 2),
        whenBusy,
        true);
  }

  private static TableProgress table(BatchProgress progress, String connection) {
    return progress.tables().stream()
        .filter(table -> table.table().equals(new TableId(connection, "public", "c_invoice")))
        .findFirst()
        .orElseThrow();
  }

  private void awaitRows(String id, long rows) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                heartbeats(id).stream()
                    .anyMatch(
                        beat -> beat.counts().read() >= rows && beat.counts().read() < 15_000));
  }

  private List<TableHeartbeat> heartbeats(String id) {
    return server
        .stubs()
        .blockingStub()
        .describeWorkflowExecution(
            DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace("default")
                .setExecution(WorkflowExecution.newBuilder().setWorkflowId(id))
                .build())
        .getPendingActivitiesList()
        .stream()
        .filter(
            activity ->
                Set.of("SyncTable", "AwaitSlice").contains(activity.getActivityType().getName()))
        .filter(activity -> activity.hasHeartbeatDetails())
        .map(activity -> heartbeat(activity.getHeartbeatDetails()))
        .toList();
  }

  private static TableHeartbeat heartbeat(Payloads payloads) {
    return PayloadJson.DATA_CONVERTER.fromPayloads(
        0, Optional.of(payloads), TableHeartbeat.class, TableHeartbeat.class);
  }

  private void assertEqual(ConnectionConfiguration source, String branch, String table)
      throws Exception {
    try (Connections connections = new Connections(List.of(source, dashboard));
        Connection reading = connections.open(source.name());
        Connection writing = connections.open("dashboard")) {
      TableMapping mapping =
          TableMapping.of(
              Dialects.of(source.type()).describe(reading, "public", table).orElseThrow(),
              table,
              new ColumnChoice(
                  List.of(), List.of(), List.of(), Map.of(), Map.of("branch", branch)));
      ComparisonResult result =
          ComparisonResult.of(
              new Side(reading, Dialects.of(source.type())),
              new Side(writing, Dialects.of(dashboard.type())),
              mapping,
              Dialects.of(dashboard.type())
                  .describe(writing, dashboard.schema(), table)
                  .orElseThrow(),
              5);
      assertThat(result.words()).isEmpty();
      assertThat(result.equal()).isTrue();
    }
  }
}
