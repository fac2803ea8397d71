package dev.tidemark.api.table;

import dev.tidemark.api.key.Caller;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.api.run.Call;
import dev.tidemark.api.run.PendingTable;
import dev.tidemark.api.run.Run;
import dev.tidemark.api.run.Runs;
import dev.tidemark.api.run.SuccessiveRuns;
import dev.tidemark.api.run.WorkflowLinks;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.workflows.SearchAttributes;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.SyncTableWorkflow;
import dev.tidemark.workflows.table.TableHeartbeat;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableStatus;
import dev.tidemark.workflows.table.TableTask;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Starts, shows and interrupts syncs of single tables. They create no batch. */
@Component
final class TableSyncs {

  private final TableTasks tasks;
  private final WorkflowClient client;
  private final SuccessiveRuns successive;
  private final Runs runs;
  private final WorkflowLinks links;
  private final String taskQueue;
  private final Clock clock;

  TableSyncs(
      TableTasks tasks,
      WorkflowClient client,
      SuccessiveRuns successive,
      Runs runs,
      WorkflowLinks links,
      TidemarkConfiguration configuration,
      Clock clock) {
    this.tasks = tasks;
    this.client = client;
    this.successive = successive;
    this.runs = runs;
    this.links = links;
    this.taskQueue = configuration.worker().controlTaskQueue();
    this.clock = clock;
  }

  /**
   * Starts a sync, or finds the one that an earlier request with the same idempotency key started.
   */
  TableSyncView start(TableSyncRequest request, Call call) {
    return view(
        successive.start(
            call.of("table-syncs", request),
            () -> {
              TableTasks.Resolved resolved = tasks.resolve(request);
              String workflowId = workflowId(resolved.task().source());
              return new SuccessiveRuns.Start(
                  workflowId, token -> begin(workflowId, resolved, call.caller(), token));
            }));
  }

  private void begin(String workflowId, TableTasks.Resolved resolved, Caller caller, String token) {
    TableTask task = resolved.task();
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(workflowId)
            .setTaskQueue(taskQueue)
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
            .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
            .setTypedSearchAttributes(searchAttributes(resolved))
            .setMemo(Map.of(Run.TOKEN_MEMO, token))
            .setStaticSummary(
                task.source() + " → " + task.targetConnection() + "." + task.targetTable())
            .setStaticDetails("Started by " + caller.name() + ", without a batch.")
            .build();
    try {
      WorkflowClient.start(client.newWorkflowStub(SyncTableWorkflow.class, options)::run, task);
    } catch (WorkflowExecutionAlreadyStarted e) {
      throw ProblemException.conflict(
          "TABLE_SYNC_RUNNING",
          "Table "
              + TablePaths.of(task.source())
              + " is being synced already, by "
              + workflowId
              + ".",
          "Wait for it, or interrupt it.");
    }
  }

  TableSyncView get(String connection, String table) {
    return view(find(connection, table));
  }

  /** Asks the sync to stop after its chunk; it may be running for a moment longer. */
  void interrupt(String connection, String table, String reason) {
    Run run = find(connection, table);
    String workflowId = run.workflowId();
    if (!runs.cancel(run, reason)) {
      throw notRunning(workflowId, view(workflowId).status());
    }
  }

  private static ProblemException notRunning(String workflowId, String status) {
    return ProblemException.conflict(
        "TABLE_SYNC_NOT_RUNNING",
        "The sync " + workflowId + " is " + status + ".",
        "Only a running sync is interrupted; start it again to go on.");
  }

  private String workflowId(TableId table) {
    return SyncTableWorkflow.workflowId(table.connection(), tasks.workflowTable(table));
  }

  /** The latest sync of the table that is meant. */
  private Run find(String connection, String typed) {
    return tasks
        .candidates(connection, typed)
        .map(this::workflowId)
        .flatMap(workflowId -> runs.describe(workflowId).stream())
        .findFirst()
        .orElseThrow(() -> unknown(connection + "." + typed));
  }

  private TableSyncView view(String workflowId) {
    return view(runs.describe(workflowId).orElseThrow(() -> unknown(workflowId)));
  }

  private TableSyncView view(Run run) {
    String workflowId = run.workflowId();
    Optional<TableProgress> answer = runs.progress(run, TableProgress.class);
    TableProgress progress =
        answer.or(() -> unanswered(run)).orElseThrow(() -> unknown(workflowId));
    @Nullable PendingTable pending = run.pending().stream().findFirst().orElse(null);
    return new TableSyncView(
        workflowId,
        lower(run.status()),
        run.batch(),
        answer.isPresent(),
        runs.interruption(run).orElse(null),
        links.to(workflowId),
        TableView.of(progress, tasks.labels(progress.table()), pending, clock.instant()));
  }

  /** What can be told without a worker: what was asked for, and how it ended. */
  private Optional<TableProgress> unanswered(Run run) {
    TableStatus status =
        switch (run.status()) {
          case RUNNING -> run.pending().isEmpty() ? TableStatus.PENDING : TableStatus.IN_PROGRESS;
          case COMPLETED -> TableStatus.COMPLETED;
          case FAILED -> TableStatus.FAILED;
          case INTERRUPTED -> TableStatus.PENDING;
        };
    @Nullable ErrorDetail error =
        run.status() == BatchStatus.FAILED ? runs.failure(run).orElse(null) : null;
    RowCounts counts =
        run.pending().stream()
            .map(PendingTable::heartbeat)
            .map(TableHeartbeat::counts)
            .findFirst()
            .orElse(RowCounts.NONE);
    return runs.input(run, TableTask.class)
        .map(
            task ->
                new TableProgress(
                    task.source(),
                    task.targetTable(),
                    status,
                    false,
                    task.estimatedRows(),
                    counts,
                    0,
                    error,
                    run.startedAt(),
                    run.closedAt()));
  }

  private static io.temporal.common.SearchAttributes searchAttributes(
      TableTasks.Resolved resolved) {
    TableTask task = resolved.task();
    return io.temporal.common.SearchAttributes.newBuilder()
        .set(SearchAttributes.KIND, "table")
        .set(SearchAttributes.STATUS, "running")
        .set(SearchAttributes.BATCH, resolved.batch())
        .set(
            SearchAttributes.CONNECTION,
            List.of(task.source().connection(), task.targetConnection()))
        .build();
  }

  private static String lower(BatchStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private static ProblemException unknown(String sync) {
    return ProblemException.notFound(
        "TABLE_SYNC_NOT_FOUND",
        "Table sync [" + sync + "] not found.",
        "Start it with POST /api/v1/table-syncs; Temporal forgets closed runs after a while.");
  }
}
