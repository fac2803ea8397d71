package dev.tidemark.workflows.verification;

import dev.tidemark.workflows.SearchAttributes;
import dev.tidemark.workflows.batch.BatchLabels;
import dev.tidemark.workflows.batch.SourcePlanner;
import dev.tidemark.workflows.table.ActivityOutcome;
import dev.tidemark.workflows.table.TableActivityOptions;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableStatus;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The story of a verification: plan the sources, compare their tables, report. */
public class VerifyWorkflowImpl implements VerifyWorkflow {

  private final VerificationState state;
  private final SourcePlanner planner;
  private long changes;

  /** Before the first query can arrive. */
  @WorkflowInit
  public VerifyWorkflowImpl(VerificationInput input) {
    state = new VerificationState(input, now());
    planner = new SourcePlanner(input.spec());
  }

  @Override
  public VerificationReport run(VerificationInput input) {
    describeRun(input);
    try {
      verifyTables();
    } catch (CanceledFailure e) {
      // The cancellation has reached every activity; each leaves after its range.
      Workflow.newDetachedCancellationScope(() -> Workflow.await(() -> !state.anyRunning())).run();
      state.interrupt(now());
      tellStatus();
      throw e;
    }
    state.end(now());
    tellStatus();
    return switch (state.report().status()) {
      case COMPLETED, RUNNING, INTERRUPTED -> state.report();
      case FAILED -> throw failure();
    };
  }

  private void verifyTables() {
    state.sources().forEach(this::plan);
    while (!state.ended()) {
      startWhatMay();
      Workflow.setCurrentDetails(overview());
      long seen = changes;
      Workflow.await(() -> changes != seen);
    }
  }

  @Override
  public VerificationReport progress() {
    return state.report();
  }

  private void plan(String source) {
    Async.function(planner::plan, source)
        .handle(
            (rows, failure) -> {
              // It fails only when it is canceled, and then so is everything.
              if (rows != null) {
                state.planned(rows);
                changes++;
              }
              return true;
            });
  }

  private void startWhatMay() {
    Optional<TableId> table = state.next();
    while (table.isPresent()) {
      verify(state.start(table.get()));
      table = state.next();
    }
  }

  private void verify(VerificationTask task) {
    VerificationActivities activities =
        Workflow.newActivityStub(
            VerificationActivities.class, TableActivityOptions.of(task.table()));
    Async.function(activities::verifyTable, task)
        .handle(
            (findings, failure) -> {
              if (findings != null) {
                state.compared(task, findings);
              } else if (failure == null || ActivityOutcome.stopped(failure)) {
                state.left(task);
              } else {
                state.failed(task, ActivityOutcome.error(failure));
              }
              changes++;
              return true;
            });
  }

  private ApplicationFailure failure() {
    VerificationReport report = state.report();
    return ApplicationFailure.newNonRetryableFailure(
        report.tables().isEmpty()
            ? "There is nothing to verify: no source has a table that matches."
            : report.count(TableStatus.FAILED) + " tables could not be compared.",
        "VERIFICATION_FAILED",
        VerificationSummary.of(report));
  }

  /** For the page of the workflow in the Temporal Web UI. */
  private String overview() {
    VerificationReport report = state.report();
    long differing =
        report.tables().stream()
            .map(VerifiedTable::findings)
            .filter(findings -> findings != null && findings.differing() > 0)
            .count();
    return "**%s**: %d of %d tables compared, %d differ, %d could not be compared"
        .formatted(
            report.batch(),
            report.count(TableStatus.COMPLETED),
            report.tables().size(),
            differing,
            report.count(TableStatus.FAILED));
  }

  private static void describeRun(VerificationInput input) {
    Workflow.upsertTypedSearchAttributes(
        SearchAttributes.STATUS.valueSet("running"),
        SearchAttributes.KIND.valueSet("verification"),
        SearchAttributes.BATCH.valueSet(input.spec().name()),
        SearchAttributes.CONNECTION.valueSet(BatchLabels.connections(input.spec())));
  }

  private void tellStatus() {
    Workflow.setCurrentDetails(overview());
    Workflow.upsertTypedSearchAttributes(
        SearchAttributes.STATUS.valueSet(state.report().status().name().toLowerCase(Locale.ROOT)));
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
