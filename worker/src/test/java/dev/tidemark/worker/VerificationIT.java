package dev.tidemark.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.ControlConfiguration;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.connect.configuration.WorkerConfiguration;
import dev.tidemark.connect.control.BatchTotals;
import dev.tidemark.connect.control.ControlDatabase;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.SearchAttributes;
import dev.tidemark.workflows.batch.BatchInput;
import dev.tidemark.workflows.batch.BatchOptions;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.batch.SourceSpec;
import dev.tidemark.workflows.batch.SyncBatchWorkflow;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.SyncMode;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.WhenBusy;
import dev.tidemark.workflows.verification.DifferingKey;
import dev.tidemark.workflows.verification.Findings;
import dev.tidemark.workflows.verification.VerificationInput;
import dev.tidemark.workflows.verification.VerificationReport;
import dev.tidemark.workflows.verification.VerificationSummary;
import dev.tidemark.workflows.verification.VerifiedTable;
import dev.tidemark.workflows.verification.VerifyWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whole verifications: real databases, real Temporal, a real worker. */
class VerificationIT {

  @RegisterExtension private static final DevelopmentServer SERVER = new DevelopmentServer();

  private final ConnectionConfiguration branch = TestServer.POSTGRESQL.newDatabase("branch");
  private final ConnectionConfiguration dashboard = TestServer.MARIADB.newDatabase("dashboard");
  private final ConnectionConfiguration control = TestServer.POSTGRESQL.newDatabase("control");

  @Test
  void reportsWhatDiffersInEachTable() throws Exception {
    TestServer.execute(
        branch,
        "CREATE TABLE ad_org (id int PRIMARY KEY, name text)",
        "INSERT INTO ad_org SELECT n, 'org ' || n FROM generate_series(1, 7) n",
        "CREATE TABLE c_invoice (id bigint PRIMARY KEY, note text, total numeric(12,2))",
        "INSERT INTO c_invoice SELECT n, NULL, n / 4.0 FROM generate_series(1, 3000) n",
        "ANALYZE");
    TestServer.execute(
        dashboard,
        "CREATE TABLE ad_org (id int PRIMARY KEY, name text) CHARACTER SET utf8mb4",
        "INSERT INTO ad_org SELECT seq, concat('org ', seq) FROM seq_1_to_7",
        "CREATE TABLE c_invoice (id bigint PRIMARY KEY, note text, total decimal(12,2))",
        "INSERT INTO c_invoice SELECT seq, IF(seq = 1000, '', NULL), round(seq / 4, 2)"
            + " FROM seq_2_to_3000");
    try (WorkerProcess ignored = WorkerProcess.start(configuration())) {
      VerificationReport report =
          SERVER
              .client()
              .newWorkflowStub(
                  VerifyWorkflow.class,
                  WorkflowOptions.newBuilder()
                      .setWorkflowId("verify_one")
                      .setTaskQueue(WorkerConfiguration.DEFAULT.controlTaskQueue())
                      .build())
              .run(new VerificationInput("verify_one", spec(), 10, "test"));
      assertThat(report.status()).isEqualTo(BatchStatus.COMPLETED);
      assertThat(report.equal()).isFalse();
      assertThat(report.tables())
          .extracting(VerifiedTable::findings)
          .containsExactlyInAnyOrder(
              new Findings(7, 7, 0, 0, 0, List.of()),
              new Findings(
                  3000,
                  2999,
                  1,
                  0,
                  1,
                  List.of(
                      new DifferingKey(List.of("1"), "missing", List.of()),
                      new DifferingKey(List.of("1000"), "different", List.of("note")))));
    }
  }

  /** A batch is compared, its target is damaged, and a repair mends it. */
  @Test
  void aRepairMakesBothSidesEqualAgain() throws Exception {
    TestServer.execute(
        branch,
        "CREATE TABLE ad_org (id int PRIMARY KEY, name text)",
        "INSERT INTO ad_org SELECT n, 'org ' || n FROM generate_series(1, 7) n",
        "CREATE TABLE c_invoice (id bigint PRIMARY KEY, note text, total numeric(12,2))",
        "INSERT INTO c_invoice SELECT n, NULL, n / 4.0 FROM generate_series(1, 3000) n");
    try (WorkerProcess ignored = WorkerProcess.start(configuration())) {
      WorkflowClient client = SERVER.client();
      BatchSpec batch = creating().verified(true);
      BatchProgress synced = run(client, "sync_20260101_000000_verified", batch);
      assertThat(summary(synced).equal()).isTrue();
      assertThat(summary(synced).comparedTables()).isEqualTo(2);

      TestServer.execute(
          dashboard,
          "UPDATE c_invoice SET note = 'bent' WHERE id IN (5, 2500)",
          "DELETE FROM c_invoice WHERE id = 77",
          "INSERT INTO c_invoice VALUES (9999, 'of nobody', 1)");
      TableId invoices = new TableId("branch", "public", "c_invoice");
      BatchProgress repaired =
          run(
              client,
              "repair_20260101_000000_repaired",
              repair(batch, Deletes.IGNORE).only(List.of(invoices)));
      assertThat(repaired.tables())
          .singleElement()
          .extracting(TableProgress::table)
          .isEqualTo(invoices);
      assertThat(repaired.tables().getFirst().counts())
          .isEqualTo(new RowCounts(3000, 1, 2, 2997, 0, 1));
      assertThat(summary(repaired).equal()).isFalse();
      assertThat(summary(repaired).tables())
          .containsExactly(new VerificationSummary.Table(invoices, 0, 1, 0, null));
      assertThat(
              client
                  .newUntypedWorkflowStub("repair_20260101_000000_repaired")
                  .describe()
                  .getTypedSearchAttributes()
                  .get(SearchAttributes.KIND))
          .isEqualTo("repair");

      BatchProgress mended =
          run(client, "repair_20260101_000001_mended", repair(batch, Deletes.HARD));
      assertThat(summary(mended).equal()).isTrue();
      try (ControlDatabase archive =
          ControlDatabase.open(
              new ControlConfiguration(control, ControlConfiguration.DEFAULT_RETENTION))) {
        assertThat(archive.batches().find(mended.batchId()).orElseThrow().verificationJson())
            .contains(summary(mended).id());
        assertThat(archive.batches().totals(List.of(mended.batchId())).values())
            .singleElement()
            .extracting(BatchTotals::recordsDeleted, BatchTotals::recordsExtra)
            .containsExactly(1L, 0L);
        assertThat(archive.batches().totals(List.of(repaired.batchId())).values())
            .singleElement()
            .extracting(BatchTotals::recordsExtra)
            .isEqualTo(1L);
      }
    }
  }

  private static VerificationSummary summary(BatchProgress progress) {
    return Objects.requireNonNull(progress.verification(), "it was not compared");
  }

  private static BatchProgress run(WorkflowClient client, String id, BatchSpec spec) {
    return client
        .newWorkflowStub(
            SyncBatchWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(WorkerConfiguration.DEFAULT.controlTaskQueue())
                .build())
        .run(BatchInput.first(id, spec, new BatchOptions(List.of(), List.of(), "test")));
  }

  private static BatchSpec creating() {
    return spec(ModeSpec.FULL, true);
  }

  private static BatchSpec repair(BatchSpec batch, Deletes deletes) {
    return spec(new ModeSpec(SyncMode.DIFF, null, deletes, null), true).verified(batch.verify());
  }

  private TidemarkConfiguration configuration() {
    return SERVER.configuration(control, branch, dashboard);
  }

  private static BatchSpec spec() {
    return spec(ModeSpec.FULL, false);
  }

  private static BatchSpec spec(ModeSpec mode, boolean createsTables) {
    return new BatchSpec(
        "branches",
        List.of(new SourceSpec("branch", Map.of())),
        "dashboard",
        List.of("*"),
        List.of(),
        new TableSpec(null, List.of(), List.of(), List.of(), Map.of(), Map.of(), 500).in(mode),
        Map.of(),
        4,
        2,
        RetrySpec.DEFAULT,
        WhenBusy.WAIT,
        createsTables);
  }
}
