package dev.tidemark.api;

import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.SyncTableWorkflow;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableStatus;
import dev.tidemark.workflows.table.TableTask;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Instant;

/**
 * Stands in for the workflow of one table: {@code m_product} completes, {@code missing} fails,
 * others run until they are canceled.
 */
public class FakeTableWorkflow implements SyncTableWorkflow {

  private final TableTask task;
  private TableStatus status = TableStatus.IN_PROGRESS;

  /** Before the first query can arrive. */
  @WorkflowInit
  public FakeTableWorkflow(TableTask task) {
    this.task = task;
  }

  @Override
  public TableProgress run(TableTask ignored) {
    switch (task.source().table()) {
      case "m_product" -> status = TableStatus.COMPLETED;
      case "missing" -> {
        status = TableStatus.FAILED;
        throw ApplicationFailure.newNonRetryableFailure("It is gone.", "TABLE_NOT_FOUND");
      }
      default -> Workflow.await(() -> false);
    }
    return progress();
  }

  @Override
  public TableProgress progress() {
    return new TableProgress(
        task.source(),
        task.targetTable(),
        status,
        false,
        task.estimatedRows(),
        RowCounts.NONE,
        0,
        null,
        Instant.ofEpochMilli(Workflow.getInfo().getRunStartedTimestampMillis()),
        null);
  }
}
