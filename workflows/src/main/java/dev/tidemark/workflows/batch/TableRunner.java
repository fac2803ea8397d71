package dev.tidemark.workflows.batch;

import dev.tidemark.workflows.table.ActivityOutcome;
import dev.tidemark.workflows.table.BusySlice;
import dev.tidemark.workflows.table.SliceActivities;
import dev.tidemark.workflows.table.SliceWait;
import dev.tidemark.workflows.table.TableActivities;
import dev.tidemark.workflows.table.TableActivityOptions;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableResult;
import dev.tidemark.workflows.table.TableTask;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Starts what a batch has to do, each in a scope of its own, and keeps how it ended. */
final class TableRunner {

  private static final Logger log = Workflow.getLogger(TableRunner.class);

  private final BatchState state;
  private final SourcePlanner planner;

  TableRunner(BatchState state) {
    this.state = state;
    this.planner = new SourcePlanner(state.input().spec());
  }

  /** Finds out in which order tables start; none does before. */
  void order() {
    CancellationScope scope =
        Workflow.newCancellationScope(() -> Async.function(planner::order).handle(this::ordered));
    state.awaitsOrder(scope);
    scope.run();
  }

  /** Whatever kept it from being found out, tables start: they say themselves what is wrong. */
  private boolean ordered(@Nullable TableOrder order, @Nullable RuntimeException failure) {
    if (order == null && !state.stopping()) {
      log.warn("The foreign keys of {} could not be read", state.input().spec().target(), failure);
    }
    state.ordered(order == null ? TableOrder.NONE : order);
    return true;
  }

  /** Plans the source that this row stands for. */
  void plan(TableState source) {
    CancellationScope scope =
        Workflow.newCancellationScope(() -> Async.procedure(() -> planAndReplace(source)));
    source.start(scope, now());
    scope.run();
  }

  private void planAndReplace(TableState source) {
    try {
      List<TableProgress> rows = planner.plan(source.table().connection());
      state.replace(source.table(), rows);
    } catch (CanceledFailure e) {
      source.left(now());
      state.changed();
    }
  }

  /** Syncs this table. */
  void sync(TableState table) {
    CancellationScope scope =
        Workflow.newCancellationScope(
            current -> {
              int generation = table.start(current, now());
              TableTask task =
                  state
                      .input()
                      .spec()
                      .task(table.table(), table.targetTable(), table.estimatedRows(), generation);
              TableActivities activities =
                  Workflow.newActivityStub(TableActivities.class, TableActivityOptions.of(task));
              Async.function(activities::syncTable, task)
                  .handle((result, failure) -> ended(table, result, failure));
            });
    scope.run();
  }

  private boolean ended(
      TableState table, @Nullable TableResult result, @Nullable RuntimeException failure) {
    if (result != null) {
      table.ended(result, now());
      awaitSlice(table, result);
    } else if (failure == null || ActivityOutcome.stopped(failure)) {
      table.left(now());
    } else {
      ActivityOutcome.result(failure).ifPresent(table::count);
      table.failed(ActivityOutcome.error(failure), now());
    }
    state.changed();
    return true;
  }

  /** The place among the tables in progress is free for others meanwhile. */
  private void awaitSlice(TableState table, TableResult reached) {
    BusySlice slice = reached.busy();
    if (slice == null || !table.waits() || state.paused() || state.stopping()) {
      return;
    }
    BatchSpec spec = state.input().spec();
    SliceWait wait =
        new SliceWait(table.table(), spec.target(), slice, reached, table.estimatedRows());
    CancellationScope scope =
        Workflow.newDetachedCancellationScope(
            () -> {
              SliceActivities slices =
                  Workflow.newActivityStub(SliceActivities.class, SliceActivities.options(wait));
              Async.procedure(slices::awaitSlice, wait)
                  .handle((ignored, failure) -> sliceAwaited(table, wait));
            });
    table.awaitsSlice(wait, scope);
    scope.run();
  }

  private boolean sliceAwaited(TableState table, SliceWait wait) {
    table.sliceAwaited(wait);
    state.changed();
    return true;
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
