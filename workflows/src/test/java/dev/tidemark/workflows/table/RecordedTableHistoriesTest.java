package dev.tidemark.workflows.table;

import dev.tidemark.workflows.Histories;
import io.temporal.client.WorkflowClient;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replays recorded syncs of single tables, as batches are replayed. */
class RecordedTableHistoriesTest {

  private static final ErrorDetail NO_KEY =
      new ErrorDetail("NO_KEY", "The table has no key.", "Name the columns under key:.");

  @ParameterizedTest
  @ValueSource(
      strings = {"table-completed", "table-failed", "table-interrupted", "table-waits-for-slice"})
  void replays(String name) throws Exception {
    Histories.replay(name, SyncTableWorkflowImpl.class);
  }

  @Test
  void recordsWhatIsMissing() {
    Assumptions.assumeTrue(
        Histories.recording(), "histories are recorded with -Dtidemark.record-histories=true only");
    record("table-completed", server -> server.workflow.run(TableServer.task()));
    record("table-failed", RecordedTableHistoriesTest::failed);
    record("table-waits-for-slice", RecordedTableHistoriesTest::waitsForSlice);
    record("table-interrupted", server -> server.beginAndHold().cancel());
  }

  private static void waitsForSlice(TableServer server) {
    server.tables.occupy("a");
    WorkflowClient.start(server.workflow::run, TableServer.task());
    Awaitility.await().until(() -> server.tables.waits("a"));
    server.tables.free("a");
  }

  private static void failed(TableServer server) {
    server.tables.fail("a", NO_KEY);
    server.beginAndHold();
  }

  private static void record(String name, Consumer<TableServer> story) {
    Histories.record(
        name,
        () -> {
          try (TableServer server = new TableServer()) {
            story.accept(server);
            server.end();
            return server.history();
          }
        });
  }
}
