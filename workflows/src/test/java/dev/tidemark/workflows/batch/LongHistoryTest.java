package dev.tidemark.workflows.batch;

import static dev.tidemark.workflows.batch.Batches.id;
import static dev.tidemark.workflows.batch.Batches.tables;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableStatus;
import io.temporal.common.WorkflowExecutionHistory;
import org.junit.jupiter.api.Test;

class LongHistoryTest {

  @Test
  void continuesAsNewWithEverythingThatItKnew() {
    try (BatchServer server = new BatchServer(HastyBatch.class)) {
      TableId inFlight = id("lmp", "t1");
      TableId paused = id("lmp", "t9");
      server.control.source("lmp", tables("lmp", 10));
      server.tables.fail("t0", Batches.NO_KEY);
      server.tables.hold("t1");
      server.tables.hold("t9");
      SyncBatchWorkflow batch = server.begin(Batches.of("lmp"));
      server.await(inFlight, TableStatus.IN_PROGRESS);
      server.await(paused, TableStatus.IN_PROGRESS);
      BatchProgress before = server.progress();

      batch.pauseTable(paused);
      server.awaitNextRun(batch);
      server.await(inFlight, TableStatus.IN_PROGRESS);

      BatchProgress after = server.progress();
      assertThat(after.startedAt()).isEqualTo(before.startedAt());
      assertThat(after.tables().getLast().paused()).isTrue();
      assertThat(after.tables().getLast().status()).isEqualTo(TableStatus.PENDING);
      assertThat(after.count(TableStatus.FAILED)).isEqualTo(1);
      server.tables.release("t1");
      server.tables.release("t9");
      server.newest().resumeTable(paused);
      assertThat(server.end().count(TableStatus.COMPLETED)).isEqualTo(9);
      assertThat(server.progress().status()).isEqualTo(BatchStatus.FAILED);
      assertThat(server.tables.starts("t0")).isEqualTo(1);
      assertThat(server.tables.starts("t1")).isEqualTo(2);
      assertThat(server.control.planned()).containsExactly("lmp");
    }
  }

  @Test
  void aThousandTablesStayFarFromTheLimitsOfAHistory() {
    try (BatchServer server = BatchServer.start()) {
      server.control.source("lmp", tables("lmp", 1000));

      BatchProgress progress = server.run(Batches.of(8, 8, "lmp"));

      assertThat(progress.count(TableStatus.COMPLETED)).isEqualTo(1000);
      WorkflowExecutionHistory last = server.history();
      System.out.printf(
          "1,000 tables: %,d events and %,d bytes in the last run, %d archive writes%n",
          last.getEvents().size(),
          last.getHistory().getSerializedSize(),
          server.control.archived().size());
      assertThat(last.getEvents()).hasSizeLessThan(10_240);
      assertThat(last.getHistory().getSerializedSize()).isLessThan(10 * 1024 * 1024);
    }
  }
}
