package dev.tidemark.api;

import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.plan.BatchPlan;
import dev.tidemark.workflows.plan.ColumnPlan;
import dev.tidemark.workflows.plan.Estimate;
import dev.tidemark.workflows.plan.PaceFrom;
import dev.tidemark.workflows.plan.PlanWorkflow;
import dev.tidemark.workflows.plan.PlannedCopy;
import dev.tidemark.workflows.plan.PlanningInput;
import dev.tidemark.workflows.plan.TableFate;
import dev.tidemark.workflows.plan.TablePlan;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.SyncMode;
import dev.tidemark.workflows.table.TableId;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Instant;
import java.util.List;

/**
 * Plans one table that passes, one that would be refused and one that is missing, and ends; one
 * that is asked for the table other goes on until it is canceled.
 */
public class FakePlanWorkflow implements PlanWorkflow {

  private final PlanningInput input;
  private BatchStatus status = BatchStatus.RUNNING;

  /** Before the first query can arrive. */
  @WorkflowInit
  public FakePlanWorkflow(PlanningInput input) {
    this.input = input;
  }

  @Override
  public BatchPlan run(PlanningInput ignored) {
    if (input.spec().tables().contains("other")) {
      try {
        Workflow.await(() -> false);
      } catch (CanceledFailure e) {
        status = BatchStatus.INTERRUPTED;
        throw e;
      }
    }
    status = BatchStatus.COMPLETED;
    return progress();
  }

  @Override
  public BatchPlan progress() {
    String source = input.spec().sources().getFirst().connection();
    TablePlan plan =
        new TablePlan(
            SyncMode.FULL,
            Deletes.IGNORE,
            List.of("id"),
            4,
            1200,
            65536,
            TableFate.CREATED,
            List.of("creates the table"),
            List.of(
                new ColumnPlan("at", "at", "timestamptz", "datetime(6)", "exact", "", "NaN", "")),
            0,
            input.ddl() ? List.of("CREATE TABLE ad_org (id int)") : List.of(),
            List.of("(name)"),
            List.of(),
            List.of(),
            List.of(),
            new Estimate(12.34, "nothing like it", PaceFrom.GUESS));
    return new BatchPlan(
        input.id(),
        input.spec().name(),
        input.spec().target(),
        status,
        true,
        4,
        Instant.ofEpochMilli(Workflow.getInfo().getRunStartedTimestampMillis()),
        null,
        List.of(
            new PlannedCopy(
                new TableId(source, "public", "ad_org"), "ad_org", plan, plan.refusals()),
            new PlannedCopy(
                new TableId(source, "public", "taken"),
                "taken",
                plan,
                List.of(new ErrorDetail("COLUMN_MISMATCH", "It differs.", "Rename it."))),
            new PlannedCopy(
                new TableId(source, "public", "gone"),
                "gone",
                null,
                List.of(new ErrorDetail("TABLE_NOT_FOUND", "There is no gone.", "Create it.")))));
  }
}
