package dev.tidemark.api;

import dev.tidemark.workflows.batch.RunActivities;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.TableActivities;
import dev.tidemark.workflows.table.TableHeartbeat;
import dev.tidemark.workflows.table.TableResult;
import dev.tidemark.workflows.table.TableTask;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.WorkflowClient;

/** Says that 250 rows of 1,000 are copied, and stays under way. */
final class FakeTableActivities implements TableActivities, RunActivities {

  private final WorkflowClient client;

  FakeTableActivities(WorkflowClient client) {
    this.client = client;
  }

  @Override
  public TableResult syncTable(TableTask task) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    context.heartbeat(
        new TableHeartbeat(
            task.source(), "(250)", new RowCounts(250, 200, 40, 10), 1_000, 50, 0, 0, null));
    context.doNotCompleteOnReturn();
    return new TableResult(false, RowCounts.NONE, 0);
  }

  @Override
  public void requestCancel() {
    client
        .newUntypedWorkflowStub(Activity.getExecutionContext().getInfo().getWorkflowId())
        .cancel();
  }
}
