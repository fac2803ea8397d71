package dev.tidemark.workflows.table;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One table on its own, without a batch. Id: {@code table:<connection>:<table>}, so that a second
 * start of the same table meets the first.
 */
@WorkflowInterface
public interface SyncTableWorkflow {

  /** Copies the table; fails as the table fails, is canceled when it is canceled. */
  @WorkflowMethod
  TableProgress run(TableTask task);

  @QueryMethod
  TableProgress progress();

  static String workflowId(String connection, String table) {
    return "table:" + connection + ":" + table;
  }
}
