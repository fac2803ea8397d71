package dev.tidemark.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.connect.configuration.WorkerConfiguration;
import dev.tidemark.connect.server.TestServer;
import dev.tidemark.workflows.letter.LetterResult;
import dev.tidemark.workflows.letter.LetterTask;
import dev.tidemark.workflows.letter.RetryLettersWorkflow;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.RowSpec;
import dev.tidemark.workflows.table.SyncTableWorkflow;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.TableStatus;
import dev.tidemark.workflows.table.TableTask;
import dev.tidemark.workflows.table.WhenBusy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Letters from a sync to their retry: real databases, real Temporal, a real worker. */
class LettersIT {

  @RegisterExtension private static final DevelopmentServer SERVER = new DevelopmentServer();

  private final ConnectionConfiguration branch = TestServer.POSTGRESQL.newDatabase("branch");
  private final ConnectionConfiguration dashboard = TestServer.MARIADB.newDatabase("dashboard");
  private final ConnectionConfiguration control = TestServer.POSTGRESQL.newDatabase("control");

  @Test
  void aTableCompletesWithLettersThatAreWrittenOnceTheTargetTakesThem() throws Exception {
    TestServer.execute(
        branch,
        "CREATE TABLE orders (id int PRIMARY KEY, note text)",
        "INSERT INTO orders SELECT n, repeat('x', 8) FROM generate_series(1, 500) n",
        "UPDATE orders SET note = 'a secret that does not fit' WHERE id IN (7, 8, 400)");
    TestServer.execute(dashboard, "CREATE TABLE orders (id int PRIMARY KEY, note varchar(10))");
    try (WorkerProcess ignored = WorkerProcess.start(configuration())) {
      WorkflowClient client = SERVER.client();
      TableProgress synced =
          client
              .newWorkflowStub(SyncTableWorkflow.class, options("table:branch:orders"))
              .run(task());
      assertThat(synced.status()).isEqualTo(TableStatus.COMPLETED);
      assertThat(synced.counts()).isEqualTo(new RowCounts(500, 497, 0, 0, 0, 0, 3));

      TestServer.execute(dashboard, "ALTER TABLE orders MODIFY note varchar(50)");
      TestServer.execute(branch, "DELETE FROM orders WHERE id = 8");
      String letters = RetryLettersWorkflow.workflowId("dashboard", "orders");
      assertThat(
              client
                  .newWorkflowStub(RetryLettersWorkflow.class, options(letters))
                  .run(new LetterTask("dashboard", "orders", List.of(), 1)))
          .isEqualTo(new LetterResult(2, 1, 0, null));
      assertThat(client.fetchHistory(letters).toJson(false)).doesNotContain("secret");
    }
  }

  private static WorkflowOptions options(String id) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(id)
        .setTaskQueue(WorkerConfiguration.DEFAULT.controlTaskQueue())
        .build();
  }

  private TableTask task() {
    return new TableTask(
        new TableId("branch", branch.schema(), "orders"),
        "dashboard",
        "orders",
        new TableSpec(
            null,
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            Map.of(),
            100,
            1,
            ModeSpec.FULL,
            new RowSpec(null, Map.of(), 10)),
        RetrySpec.DEFAULT,
        WhenBusy.WAIT,
        false,
        0,
        1);
  }

  private TidemarkConfiguration configuration() {
    return SERVER.configuration(control, branch, dashboard);
  }
}
