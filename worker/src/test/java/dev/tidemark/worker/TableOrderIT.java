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
import dev.tidemark.workflows.batch.SourceSpec;
import dev.tidemark.workflows.batch.SyncBatchWorkflow;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.SyncMode;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.TableStatus;
import dev.tidemark.workflows.table.WhenBusy;
import io.temporal.client.WorkflowOptions;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches into tables that refer to each other by foreign keys. */
class TableOrderIT {

  @RegisterExtension private static final DevelopmentServer SERVER = new DevelopmentServer();

  private static final String[] TABLES = {
    "CREATE TABLE zone (id int PRIMARY KEY, name varchar(40))",
    "CREATE TABLE customer (id int PRIMARY KEY, zone int NOT NULL,"
        + " recommended_by int, FOREIGN KEY (zone) REFERENCES zone (id),"
        + " FOREIGN KEY (recommended_by) REFERENCES customer (id))",
    "CREATE TABLE a_invoice (id int PRIMARY KEY, customer int NOT NULL,"
        + " FOREIGN KEY (customer) REFERENCES customer (id))"
  };

  /** Larger tables start first where nothing says otherwise, and these are the children. */
  @ParameterizedTest
  @EnumSource(names = {"POSTGRESQL", "MARIADB"})
  void childrenComeAfterTheirParentsAndGoBeforeThem(TestServer to) throws Exception {
    ConnectionConfiguration shop = TestServer.POSTGRESQL.newDatabase("shop");
    ConnectionConfiguration office = to.newDatabase("office");
    ConnectionConfiguration control = TestServer.POSTGRESQL.newDatabase("control");
    TestServer.execute(shop, TABLES);
    TestServer.execute(office, TABLES);
    TestServer.execute(
        shop,
        "INSERT INTO zone SELECT i, 'zone ' || i FROM generate_series(1, 5) i",
        "INSERT INTO customer SELECT i, 1 + i % 5, nullif(i / 2, 0) FROM generate_series(1, 90000) i",
        "INSERT INTO a_invoice SELECT i, 1 + i * 7 % 90000 FROM generate_series(1, 95000) i",
        "ANALYZE");
    TidemarkConfiguration configuration = SERVER.configuration(control, shop, office);
    try (WorkerProcess ignored = WorkerProcess.start(configuration)) {
      assertThat(run("sync_20260101_000000_first_" + to).count(TableStatus.COMPLETED)).isEqualTo(3);
      TestServer.execute(
          shop,
          "INSERT INTO zone VALUES (9, 'zone 9')",
          "INSERT INTO customer VALUES (90009, 9, NULL)",
          "UPDATE a_invoice SET customer = 90009 WHERE customer IN (5, 85000, 90000)",
          "DELETE FROM customer WHERE id IN (85000, 90000)",
          "UPDATE customer SET zone = 9 WHERE zone = 3",
          "DELETE FROM zone WHERE id = 3",
          "INSERT INTO zone VALUES (6, 'zone 6')",
          "INSERT INTO customer VALUES (90001, 6, 1)",
          "INSERT INTO a_invoice VALUES (95001, 90001)");
      assertThat(run("sync_20260101_000000_second_" + to).count(TableStatus.COMPLETED))
          .isEqualTo(3);
    }
    assertThat(read(office, "SELECT concat(id, ' ', name) FROM zone ORDER BY id"))
        .isEqualTo(read(shop, "SELECT concat(id, ' ', name) FROM zone ORDER BY id"));
    for (String table : List.of("customer", "a_invoice")) {
      String rows =
          "SELECT concat(id, ' ', TABLE.PARENT) FROM TABLE ORDER BY id"
              .replace("TABLE", table)
              .replace("PARENT", table.equals("customer") ? "zone" : "customer");
      assertThat(read(office, rows)).isEqualTo(read(shop, rows));
    }
  }

  private static List<String> read(ConnectionConfiguration database, String query)
      throws Exception {
    try (Connection session = TestServer.open(database)) {
      return TestServer.rows(session, query);
    }
  }

  private static BatchProgress run(String id) {
    BatchSpec spec =
        new BatchSpec(
            "shops",
            List.of(new SourceSpec("shop", Map.of())),
            "office",
            List.of("*"),
            List.of(),
            TableSpec.DEFAULT.in(new ModeSpec(SyncMode.DIFF, null, Deletes.HARD, null)),
            Map.of(),
            4,
            4,
            RetrySpec.DEFAULT,
            WhenBusy.WAIT,
            true);
    return SERVER
        .client()
        .newWorkflowStub(
            SyncBatchWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(WorkerConfiguration.DEFAULT.controlTaskQueue())
                .build())
        .run(BatchInput.first(id, spec, new BatchOptions(List.of(), List.of(), "test")));
  }
}
