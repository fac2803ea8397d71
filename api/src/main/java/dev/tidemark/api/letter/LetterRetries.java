package dev.tidemark.api.letter;

import dev.tidemark.api.key.Caller;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.api.run.Repeatable;
import dev.tidemark.api.run.Run;
import dev.tidemark.api.run.Runs;
import dev.tidemark.api.run.SuccessiveRuns;
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
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Starts the workflows that try dead letters again, and asks them what became of these. */
@Component
final class LetterRetries {

  private final WorkflowClient client;
  private final SuccessiveRuns successive;
  private final Runs runs;
  private final WorkflowLinks links;
  private final String taskQueue;

  LetterRetries(
      WorkflowClient client,
      SuccessiveRuns successive,
      Runs runs,
      WorkflowLinks links,
      TidemarkConfiguration configuration) {
    this.client = client;
    this.successive = successive;
    this.runs = runs;
    this.links = links;
    this.taskQueue = configuration.worker().controlTaskQueue();
  }

  /**
   * Tries letters again, unless an earlier request with the same idempotency key has.
   *
   * @param prepare which letters; throws what refuses the request
   * @throws ProblemException 409 while letters of the table are being tried
   */
  RetryView start(Repeatable asked, Supplier<LetterTask> prepare) {
    String workflowId =
        successive.start(
            asked,
            () -> {
              LetterTask task = prepare.get();
              String id = RetryLettersWorkflow.workflowId(task.connection(), task.table());
              return new SuccessiveRuns.Start(id, token -> begin(id, task, asked.caller(), token));
            });
    // As RetryLettersWorkflow makes it; names of connections have no colon.
    String[] parts = workflowId.split(":", 3);
    return get(parts[1], parts[2]);
  }

  private void begin(String workflowId, LetterTask task, Caller caller, String token) {
    String connection = task.connection();
    String table = task.table();
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
            .setMemo(Map.of(Run.TOKEN_MEMO, token))
            .setStaticSummary("dead letters of " + connection + "." + table)
            .setStaticDetails("Tried again for " + caller.name() + ".")
            .build();
    try {
      WorkflowClient.start(client.newWorkflowStub(RetryLettersWorkflow.class, options)::run, task);
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
  }

  /** The latest run for a table. */
  RetryView get(String connection, String table) {
    return find(connection, table)
        .orElseThrow(
            () ->
                ProblemException.notFound(
                    "DEAD_LETTER_RETRY_NOT_FOUND",
                    "No dead letters of [" + connection + "." + table + "] were tried again.",
                    "Temporal forgets closed runs after a while."));
  }

  /** The same; empty where there is none of a table that is spelled just so. */
  Optional<RetryView> find(String connection, String table) {
    return runs.describe(RetryLettersWorkflow.workflowId(connection, table))
        .map(run -> view(run, connection, table));
  }

  private RetryView view(Run run, String connection, String table) {
    String workflowId = run.workflowId();
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
