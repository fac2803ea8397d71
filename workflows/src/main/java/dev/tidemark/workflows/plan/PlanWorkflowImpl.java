package dev.tidemark.workflows.plan;

import dev.tidemark.workflows.SearchAttributes;
import dev.tidemark.workflows.batch.BatchLabels;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.batch.SourcePlanner;
import dev.tidemark.workflows.table.ActivityOutcome;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.TableProgress;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** The story of a plan: ask the sources for their tables, ask what would become of each, tell. */
public class PlanWorkflowImpl implements PlanWorkflow {

  /** Looks at catalogs, side by side. */
  private static final int AT_ONCE = 2;

  private final PlanState state;
  private final SourcePlanner planner;
  private final ActivityOptions options;
  private final Deque<TablesToPlan> waiting = new ArrayDeque<>();
  private int running;
  private long changes;

  /** Before the first query can arrive. */
  @WorkflowInit
  public PlanWorkflowImpl(PlanningInput input) {
    state = new PlanState(input, now());
    planner = new SourcePlanner(input.spec());
    options = options(input.spec().retry());
  }

  @Override
  public BatchPlan run(PlanningInput input) {
    describeRun(input);
    try {
      plan();
    } catch (CanceledFailure e) {
      end(BatchStatus.INTERRUPTED);
      throw e;
    }
    end(BatchStatus.COMPLETED);
    return state.plan();
  }

  @Override
  public BatchPlan progress() {
    return state.plan();
  }

  private void plan() {
    state.sources().forEach(this::find);
    while (!state.ended()) {
      while (running < AT_ONCE && !waiting.isEmpty()) {
        ask(waiting.removeFirst());
      }
      Workflow.setCurrentDetails(overview());
      long seen = changes;
      Workflow.await(() -> changes != seen);
    }
  }

  private void find(String source) {
    Async.function(planner::plan, source)
        .handle(
            (rows, failure) -> {
              // It fails only when it is canceled, and then so is everything.
              if (rows != null) {
                found(rows);
              }
              return true;
            });
  }

  private void found(List<TableProgress> rows) {
    waiting.addAll(state.found(rows));
    changes++;
  }

  private void ask(TablesToPlan tables) {
    running++;
    TablePlanActivities activities = Workflow.newActivityStub(TablePlanActivities.class, options);
    Async.function(activities::planTables, tables)
        .handle(
            (plans, failure) -> {
              running--;
              if (plans != null) {
                state.told(tables, plans);
              } else if (failure != null && !ActivityOutcome.stopped(failure)) {
                state.failed(tables, ActivityOutcome.error(failure));
              }
              changes++;
              return true;
            });
  }

  private static ActivityOptions options(RetrySpec retry) {
    return ActivityOptions.newBuilder()
        .setHeartbeatTimeout(Duration.ofSeconds(5))
        .setStartToCloseTimeout(Duration.ofMinutes(5))
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setMaximumAttempts(retry.maximumAttempts())
                .setInitialInterval(retry.initialInterval())
                .setMaximumInterval(retry.maximumInterval())
                .setBackoffCoefficient(retry.backoffCoefficient())
                .build())
        .build();
  }

  /** For the page of the workflow in the Temporal Web UI. */
  private String overview() {
    BatchPlan plan = state.plan();
    return "**%s**: %d of %d tables planned, %d would be refused"
        .formatted(
            plan.batch(),
            plan.told(),
            plan.tables().size(),
            plan.tables().stream().filter(table -> !table.refusals().isEmpty()).count());
  }

  private static void describeRun(PlanningInput input) {
    Workflow.upsertTypedSearchAttributes(
        SearchAttributes.STATUS.valueSet("running"),
        SearchAttributes.KIND.valueSet("plan"),
        SearchAttributes.BATCH.valueSet(input.spec().name()),
        SearchAttributes.CONNECTION.valueSet(BatchLabels.connections(input.spec())));
  }

  private void end(BatchStatus status) {
    state.end(status, now());
    Workflow.setCurrentDetails(overview());
    Workflow.upsertTypedSearchAttributes(
        SearchAttributes.STATUS.valueSet(status.name().toLowerCase(Locale.ROOT)));
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
