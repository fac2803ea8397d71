package dev.tidemark.workflows.batch;

import dev.tidemark.workflows.table.ActivityOutcome;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableStatus;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Turns a source into the rows of its tables, and a target into their order. */
public final class SourcePlanner {

  private static final Logger log = Workflow.getLogger(SourcePlanner.class);

  private final BatchSpec spec;
  private final ArchiveActivities archive =
      Workflow.newActivityStub(ArchiveActivities.class, BatchArchiver.OPTIONS);

  /** To be made in the workflow that plans. */
  public SourcePlanner(BatchSpec spec) {
    this.spec = spec;
  }

  /**
   * The tables to sync. When the source cannot be planned, these are the failed rows of the tables
   * that it had the last time, or one failed row for the source.
   *
   * @throws CanceledFailure when the batch is interrupted meanwhile
   */
  public List<TableProgress> plan(String connection) {
    PlanInput input = new PlanInput(spec, connection);
    PlanActivities plan =
        Workflow.newActivityStub(PlanActivities.class, options("tables of " + connection));
    try {
      return plan.plan(input).tables().stream().map(SourcePlanner::planned).toList();
    } catch (ActivityFailure e) {
      if (ActivityOutcome.stopped(e)) {
        throw new CanceledFailure("planning of " + connection + " was stopped");
      }
      return failed(input, ActivityOutcome.error(e));
    }
  }

  /** In which order the target's tables are to be written. */
  public TableOrder order() {
    return Workflow.newActivityStub(
            PlanActivities.class, options("order of the tables of " + spec.target()))
        .order(spec.target());
  }

  private List<TableProgress> failed(PlanInput input, ErrorDetail error) {
    List<PlannedTable> known = lastKnown(input);
    return known.isEmpty()
        ? List.of(row(UnplannedSource.planned(input.connection()), error))
        : known.stream().map(table -> row(table, error)).toList();
  }

  private List<PlannedTable> lastKnown(PlanInput input) {
    try {
      return archive.lastKnownTables(input).tables();
    } catch (ActivityFailure e) {
      log.warn("The last known tables of {} could not be read", input.connection(), e);
      return List.of();
    }
  }

  private ActivityOptions options(String summary) {
    RetrySpec retry = spec.retry();
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
        .setSummary(summary)
        .build();
  }

  private static TableProgress planned(PlannedTable table) {
    return row(table, table.problem());
  }

  private static TableProgress row(PlannedTable table, @Nullable ErrorDetail problem) {
    return new TableProgress(
            table.table(),
            table.targetTable(),
            problem == null ? TableStatus.PENDING : TableStatus.FAILED,
            false,
            table.estimatedRows(),
            RowCounts.NONE,
            0,
            problem,
            null,
            problem == null ? null : Instant.ofEpochMilli(Workflow.currentTimeMillis()))
        .withSettings(table.settings());
  }
}
