package dev.tidemark.api.letter;

import dev.tidemark.api.key.Caller;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.api.run.Run;
import dev.tidemark.api.run.Runs;
import dev.tidemark.api.run.WorkflowLinks;
import dev.tidemark.api.table.ErrorView;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.workflows.SearchAttributes;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.letter.LetterResult;
import dev.tidemark.workflows.letter.LetterTask;
import dev.tidemark.workflows.letter.RetryLettersWorkflow;
import dev.tidemark.workflows.table.BusySlice;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Starts the workflows that try dead letters again, and asks them what became of these. */
@Component
final class LetterRetries {

  private final WorkflowClient client;
  private final Runs runs;
  private final WorkflowLinks links;
  private final String taskQueue;

  LetterRetries(
      WorkflowClient client, Runs runs, WorkflowLinks links, TidemarkConfiguration configuration) {
    this.client = client;
    this.runs = runs;
    this.links = links;
    this.taskQueue = configuration.worker().controlTaskQueue();
  }

  /**
   * Tries letters again.
   *
   * @param ids all open ones when empty
   * @throws ProblemException 409 while letters of the table are being tried
   */
  RetryView start(String connection, String table, List<String> ids, Caller caller) {
    String workflowId = RetryLettersWorkflow.workflowId(connection, table);
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(workflowId)
            .setTaskQueue(taskQueue)
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
            .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
            .setTypedSearchAttributes(
                io.temporal.common.SearchAttributes.newBuilder()
                    .set(SearchAttributes.KIND, "letters")
                    .set(SearchAttributes.STATUS, "running")
                    .set(SearchAttributes.CONNECTION, List.of(connection))
                    .build())
            .setStaticSummary("dead letters of " + connection + "." + table)
            .setStaticDetails("Tried again for " + caller.name() + ".")
            .build();
    try {
      WorkflowClient.start(
          client.newWorkflowStub(RetryLettersWorkflow.class, options)::run,
          new LetterTask(connection, table, ids, 1));
    } catch (WorkflowExecutionAlreadyStarted e) {
      throw ProblemException.conflict(
          "DEAD_LETTERS_BUSY",
          "Dead letters of "
              + connection
              + "."
              + table
              + " are being tried, by "
              + workflowId
              + ".",
          "Wait for its end, then try again.");
    }
    return get(connection, table);
  }

  /** The latest run for a table. */
  RetryView get(String connection, String table) {
    String workflowId = RetryLettersWorkflow.workflowId(connection, table);
    Run run =
        runs.describe(workflowId)
            .orElseThrow(
                () ->
                    ProblemException.notFound(
                        "DEAD_LETTER_RETRY_NOT_FOUND",
                        "No dead letters of [" + connection + "." + table + "] were tried again.",
                        "Temporal forgets closed runs after a while."));
    LetterResult result = runs.progress(run, LetterResult.class).orElse(LetterResult.NONE);
    @Nullable BusySlice busy = run.running() ? result.busy() : null;
    return new RetryView(
        workflowId,
        connection,
        table,
        run.status().name().toLowerCase(Locale.ROOT),
        result.resolved(),
        result.discarded(),
        result.refused(),
        busy == null ? null : busy.holder(),
        run.status() == BatchStatus.FAILED
            ? runs.failure(run).map(ErrorView::of).orElse(null)
            : null,
        links.to(workflowId));
  }
}
