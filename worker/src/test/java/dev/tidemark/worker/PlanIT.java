package dev.tidemark.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.connect.configuration.WorkerConfiguration;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.batch.BatchInput;
import dev.tidemark.workflows.batch.BatchOptions;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.batch.SourceSpec;
import dev.tidemark.workflows.batch.SyncBatchWorkflow;
import dev.tidemark.workflows.plan.BatchPlan;
import dev.tidemark.workflows.plan.PaceFrom;
import dev.tidemark.workflows.plan.PlanWorkflow;
import dev.tidemark.workflows.plan.PlannedCopy;
import dev.tidemark.workflows.plan.PlanningInput;
import dev.tidemark.workflows.plan.TableFate;
import dev.tidemark.workflows.plan.TablePlan;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.WhenBusy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whole plans, and what they promised: real databases, real Temporal, a real worker. */
class PlanIT {

  @RegisterExtension private static final DevelopmentServer SERVER = new DevelopmentServer();

  private final ConnectionConfiguration branch = TestServer.POSTGRESQL.newDatabase("branch");
  private final ConnectionConfiguration dashboard = TestServer.MARIADB.newDatabase("dashboard");
  private final ConnectionConfiguration control = TestServer.POSTGRESQL.newDatabase("control");

  @Test
  void tellsWhatABatchWouldDoAndTheBatchDoesIt() throws Exception {
    TestServer.execute(
        branch,
        "CREATE TABLE ad_org (id int PRIMARY KEY, name text UNIQUE)",
        "INSERT INTO ad_org SELECT n, 'org ' || n FROM generate_series(1, 700) n",
        "CREATE INDEX ad_org_lower ON ad_org (lower(name))",
        "CREATE TABLE nameless (name text)",
        "ANALYZE");
    try (WorkerProcess ignored = WorkerProcess.start(configuration())) {
      WorkflowClient client = SERVER.client();
      BatchPlan refused = plan(client, "plan_one", "*");
      assertThat(refused.status()).isEqualTo(BatchStatus.COMPLETED);
      assertThat(refused.passes()).isFalse();
      assertThat(table(refused, "nameless").refusals().getFirst().code()).isEqualTo("NO_KEY");

      BatchPlan plan = plan(client, "plan_two", "ad_*");
      assertThat(plan.passes()).isTrue();
      TablePlan org = Objects.requireNonNull(table(plan, "ad_org").plan());
      assertThat(org.fate()).isEqualTo(TableFate.CREATED);
      assertThat(org.rows()).isEqualTo(700);
      assertThat(org.indexes()).containsExactly("(branch, name(384))");
      assertThat(org.leftOut()).containsExactly("index ad_org_lower");
      String notUnique =
          "Unique in the source and not in the target, which indexes only the beginning of long"
              + " columns: index ad_org_name_key (branch, name(384)).";
      assertThat(org.remarks()).contains(notUnique);
      assertThat(Objects.requireNonNull(org.estimate()).paceFrom()).isEqualTo(PaceFrom.GUESS);
      assertThat(tables()).as("nothing was made").isEmpty();

      BatchProgress batch = sync(client);
      assertThat(batch.status()).isEqualTo(BatchStatus.COMPLETED);
      assertThat(batch.tables())
          .flatExtracting(TableProgress::remarks)
          .satisfiesExactly(
              left -> assertThat(left).asString().contains("index ad_org_lower"),
              weaker -> assertThat(weaker).isEqualTo(notUnique));
      assertThat(tables()).contains("ad_org");

      TablePlan again =
          Objects.requireNonNull(table(plan(client, "plan_three", "ad_*"), "ad_org").plan());
      assertThat(again.fate()).isEqualTo(TableFate.TAKEN);
      assertThat(again.indexes()).isEmpty();
      assertThat(Objects.requireNonNull(again.estimate()).basis())
          .startsWith("its last run, sync_one, at ");
    }
  }

  private static PlannedCopy table(BatchPlan plan, String name) {
    return plan.tables().stream()
        .filter(table -> table.table().table().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<String> tables() throws Exception {
    try (Connection session = TestServer.open(dashboard);
        Statement statement = session.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT group_concat(table_name) FROM information_schema.tables"
                    + " WHERE table_schema = database()")) {
      row.next();
      String names = row.getString(1);
      return names == null ? List.of() : List.of(names.split(",", -1));
    }
  }

  private static BatchPlan plan(WorkflowClient client, String id, String tables) {
    return client
        .newWorkflowStub(PlanWorkflow.class, options(id))
        .run(new PlanningInput(id, spec(tables), true, "test"));
  }

  private static BatchProgress sync(WorkflowClient client) {
    return client
        .newWorkflowStub(SyncBatchWorkflow.class, options("sync_one"))
        .run(
            BatchInput.first(
                "sync_one", spec("ad_*"), new BatchOptions(List.of(), List.of(), "test")));
  }

  private static WorkflowOptions options(String id) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(id)
        .setTaskQueue(WorkerConfiguration.DEFAULT.controlTaskQueue())
        .build();
  }

  private TidemarkConfiguration configuration() {
    return SERVER.configuration(control, branch, dashboard);
  }

  private static BatchSpec spec(String tables) {
    return new BatchSpec(
        "branches",
        List.of(new SourceSpec("branch", Map.of("branch", "one"))),
        "dashboard",
        List.of(tables),
        List.of(),
        new TableSpec(null, List.of(), List.of(), List.of(), Map.of(), Map.of(), 500),
        Map.of(),
        4,
        2,
        RetrySpec.DEFAULT,
        WhenBusy.WAIT,
        true);
  }
}
