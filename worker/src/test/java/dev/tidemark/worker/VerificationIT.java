package dev.tidemark.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.configuration.ApiConfiguration;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.ControlConfiguration;
import dev.tidemark.connect.configuration.TemporalConfiguration;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.connect.configuration.WorkerConfiguration;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.batch.SourceSpec;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.WhenBusy;
import dev.tidemark.workflows.verification.DifferingKey;
import dev.tidemark.workflows.verification.Findings;
import dev.tidemark.workflows.verification.VerificationInput;
import dev.tidemark.workflows.verification.VerificationReport;
import dev.tidemark.workflows.verification.VerifiedTable;
import dev.tidemark.workflows.verification.VerifyWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TemporalDevServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whole verifications: real databases, real Temporal, a real worker. */
class VerificationIT {

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
    try (TemporalDevServer server = DevelopmentServer.start()) {
      WorkflowServiceStubs stubs =
          WorkflowServiceStubs.newServiceStubs(
              WorkflowServiceStubsOptions.newBuilder().setTarget(server.getTarget()).build());
      try (WorkerProcess ignored = WorkerProcess.start(configuration(server.getTarget()))) {
        VerificationReport report =
            WorkflowClient.newInstance(stubs)
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
      } finally {
        stubs.shutdownNow();
      }
    }
  }

  private TidemarkConfiguration configuration(String temporal) {
    return new TidemarkConfiguration(
        Map.of("branch", branch, "dashboard", dashboard),
        Map.of(),
        new ControlConfiguration(control, ControlConfiguration.DEFAULT_RETENTION),
        new TemporalConfiguration(temporal, "default", false, null, null, null, null, null),
        WorkerConfiguration.DEFAULT,
        new ApiConfiguration("127.0.0.1", 0, List.of()),
        List.of());
  }

  private static BatchSpec spec() {
    return new BatchSpec(
        "branches",
        List.of(new SourceSpec("branch", Map.of())),
        "dashboard",
        List.of("*"),
        List.of(),
        new TableSpec(null, List.of(), List.of(), List.of(), Map.of(), Map.of(), 500),
        Map.of(),
        4,
        2,
        RetrySpec.DEFAULT,
        WhenBusy.WAIT,
        false);
  }
}
