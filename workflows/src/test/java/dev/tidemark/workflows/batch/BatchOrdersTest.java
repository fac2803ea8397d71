package dev.tidemark.workflows.batch;

import static dev.tidemark.workflows.batch.Batches.id;
import static dev.tidemark.workflows.batch.Batches.tables;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableStatus;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Functions.Proc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchOrdersTest {

  private static final TableId DONE = id("lmp", "done");
  private static final TableId HELD = id("lmp", "held");

  private BatchServer server;
  private SyncBatchWorkflow batch;

  @BeforeEach
  void start() {
    server = BatchServer.start();
    server.control.source("lmp", tables("lmp", "done", "held"));
    server.tables.hold("held");
    batch = server.begin(Batches.of("lmp"));
    server.await(DONE, TableStatus.COMPLETED);
    server.await(HELD, TableStatus.IN_PROGRESS);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void refusesAnUnknownTable() {
    assertThat(refusal(() -> batch.skipTable(id("lmp", "x"))))
        .isEqualTo("lmp.public.x is not a table of this batch");
  }

  @Test
  void refusesToSkipACompletedTable() {
    assertThat(refusal(() -> batch.skipTable(DONE)))
        .isEqualTo("lmp.public.done has completed and cannot be skipped");
  }

  @Test
  void refusesToPauseACompletedTable() {
    assertThat(refusal(() -> batch.pauseTable(DONE)))
        .isEqualTo("lmp.public.done has completed and cannot be paused");
  }

  @Test
  void refusesToRetryWhatDidNotFail() {
    assertThat(refusal(() -> batch.retryTable(HELD))).isEqualTo("lmp.public.held is in progress");
    assertThat(refusal(() -> batch.retryTable(DONE)))
        .isEqualTo("lmp.public.done has completed and needs no retry");
  }

  @Test
  void refusesToPauseTwiceAndToResumeWhatIsNotPaused() {
    assertThat(refusal(batch::resume)).isEqualTo("the batch is not paused");
    assertThat(refusal(() -> batch.resumeTable(HELD))).isEqualTo("lmp.public.held is not paused");
    batch.pauseTable(HELD);
    batch.pause();
    assertThat(refusal(batch::pause)).isEqualTo("the batch is already paused");
    assertThat(refusal(() -> batch.pauseTable(HELD)))
        .isEqualTo("lmp.public.held is already paused");
  }

  private static String refusal(Proc order) {
    WorkflowUpdateException refused =
        catchThrowableOfType(WorkflowUpdateException.class, order::apply);
    return why(refused);
  }

  private static String why(WorkflowUpdateException refused) {
    return refused.getCause() instanceof ApplicationFailure failure
        ? String.valueOf(failure.getOriginalMessage())
        : "";
  }
}
