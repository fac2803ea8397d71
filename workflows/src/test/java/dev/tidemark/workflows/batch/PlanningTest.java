package dev.tidemark.workflows.batch;

import static dev.tidemark.workflows.batch.Batches.id;
import static dev.tidemark.workflows.batch.Batches.tables;
import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED;
import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableStatus;
import io.temporal.client.WorkflowUpdateException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a batch does, and may be told, while a catalog is slow to answer. */
class PlanningTest {

  private static final TableId A = id("lmp", "a");
  private static final TableId B = id("sby", "b");

  private BatchServer server;
  private BatchInput input;
  private SyncBatchWorkflow batch;

  @BeforeEach
  void start() {
    server = BatchServer.start();
    server.control.source("lmp", tables("lmp", "a"));
    server.control.source("sby", tables("sby", "b"));
    server.control.holdPlanOf("sby");
    input = Batches.of("lmp", "sby");
    batch = server.begin(input);
    await().until(() -> server.control.planned().contains("sby"));
  }

  @AfterEach
  void stop() {
    server.control.releasePlanOf("sby");
    server.close();
  }

  @Test
  void startsTheTablesOfOneSourceWhileAnotherIsStillPlanned() {
    server.await(A, TableStatus.COMPLETED);

    assertThat(server.progress().planned()).isFalse();
    assertThat(server.progress().tables()).hasSize(1);
    server.control.releasePlanOf("sby");
    assertThat(server.status()).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
    assertThat(server.progress().planned()).isTrue();
  }

  @Test
  void refusesOrdersToTablesThatMayStillBePlanned() {
    assertThatThrownBy(() -> batch.skipTable(B))
        .isInstanceOf(WorkflowUpdateException.class)
        .hasStackTraceContaining("the tables of this batch are still being planned");
  }

  @Test
  void startsNothingWhenItIsPausedMeanwhile() {
    server.await(A, TableStatus.COMPLETED);
    batch.pause();
    server.control.releasePlanOf("sby");
    server.await(B, TableStatus.PENDING);

    assertThat(server.progress().planned()).isTrue();
    assertThat(server.tables.starts("b")).isZero();
    batch.resume();
    assertThat(server.status()).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
  }

  @Test
  void isInterruptedWithoutWaitingForTheCatalogAndPlansItWhenResumed() {
    server.await(A, TableStatus.COMPLETED);
    batch.interrupt("the source is slow");

    assertThat(server.status()).isEqualTo(WORKFLOW_EXECUTION_STATUS_CANCELED);
    BatchProgress before = server.progress();
    assertThat(before.tables()).hasSize(1);
    server.control.releasePlanOf("sby");
    BatchProgress after = server.run(Batches.resumed(input, before));
    assertThat(after.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(after.count(TableStatus.COMPLETED)).isEqualTo(2);
    assertThat(server.tables.starts("a")).isEqualTo(1);
  }
}
