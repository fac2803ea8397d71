package dev.tidemark.workflows.letter;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Tries dead letters of one target table again. Id: {@code letters:<connection>:<table>}, so that a
 * second order for the same table meets the first.
 */
@WorkflowInterface
public interface RetryLettersWorkflow {

  /** Tries until no slice is busy any more; fails as the activity fails. */
  @WorkflowMethod
  LetterResult run(LetterTask task);

  /** What became of the letters so far. */
  @QueryMethod
  LetterResult progress();

  static String workflowId(String connection, String table) {
    return "letters:" + connection + ":" + table;
  }
}
