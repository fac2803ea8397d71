package dev.tidemark.api;

import dev.tidemark.workflows.batch.RunActivities;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.TableActivities;
import dev.tidemark.workflows.table.TableHeartbeat;
import dev.tidemark.workflows.table.TableResult;
import dev.tidemark.workflows.table.TableTask;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.WorkflowClient;
import io.temporal.failure.ApplicationFailure;

/**
 * Says that 250 rows of 1,000 are copied. A table of {@code pgsql_sby} then fails, to be tried
 * again in a minute; others stay under way.
 */
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
    if (task.source().connection().equals("pgsql_sby")) {
      throw ApplicationFailure.newFailure(
          "The database is away.",
          "CONNECTION_FAILED",
          new ErrorDetail("CONNECTION_FAILED", "The database is away.", "Start it."));
    }
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
