package dev.tidemark.api.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidemark.api.run.Run;
import dev.tidemark.api.table.RetryView;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.plan.BatchPlan;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a batch would do.
 *
 * @param status {@code running}, {@code completed}, {@code failed} or {@code interrupted}
 * @param passes whether it is complete, and nothing would refuse the batch
 * @param planned whether the tables of all sources are known
 * @param rows that the planners of the sources expect; tables of which they say nothing are left
 *     out
 * @param bytes that the tables take in the sources
 * @param estimatedSeconds how long the batch would take without the tables that would be refused;
 *     null where nobody knows of another one how much there is
 * @param guessedTables tables in that time whose own is guessed, since nothing like them was copied
 *     before
 * @param retries what it waits for: what has failed and is tried again
 * @param interruption why it was interrupted, or is being interrupted while it still runs, and by
 *     whose key; null when neither
 * @param workflowUrl its page in the Temporal Web UI; null when none is configured
 */
record PlanView(
    String id,
    String batch,
    String target,
    String status,
    boolean passes,
    boolean planned,
    Instant startedAt,
    @Nullable Instant endedAt,
    long rows,
    long bytes,
    @Nullable Double estimatedSeconds,
    int guessedTables,
    List<RetryView> retries,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String interruption,
    @Nullable String workflowUrl,
    List<PlannedTableView> tables) {

  /**
   * A plan as it is shown.
   *
   * @param run tells how it stands, also where it was ended from outside
   */
  static PlanView of(
      BatchPlan plan, Run run, @Nullable String interruption, @Nullable String workflowUrl) {
    BatchStatus status = run.status();
    List<PlannedTableView> tables = plan.tables().stream().map(PlannedTableView::of).toList();
    List<PlannedTableView> copied =
        tables.stream().filter(table -> table.refusals().isEmpty()).toList();
    return new PlanView(
        plan.id(),
        plan.batch(),
        plan.target(),
        status.name().toLowerCase(Locale.ROOT),
        status == BatchStatus.COMPLETED && plan.passes(),
        plan.planned(),
        plan.startedAt(),
        plan.endedAt(),
        tables.stream().mapToLong(PlannedTableView::rows).sum(),
        tables.stream().mapToLong(PlannedTableView::bytes).sum(),
        seconds(copied, plan.parallelTables()),
        (int) copied.stream().filter(PlannedTableView::guessed).count(),
        run.running() ? RetryView.of(run.retried()) : List.of(),
        interruption,
        workflowUrl,
        tables);
  }

  /** As if the tables were spread evenly; no less than the longest takes. */
  private static @Nullable Double seconds(List<PlannedTableView> tables, int atOnce) {
    List<Double> each =
        tables.stream().map(PlannedTableView::estimatedSeconds).filter(Objects::nonNull).toList();
    if (each.isEmpty() || !tables.stream().allMatch(PlannedTableView::reckoned)) {
      return null;
    }
    double sum = each.stream().mapToDouble(Double::doubleValue).sum();
    double longest = each.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    return Math.round(Math.max(longest, sum / atOnce) * 10) / 10.0;
  }
}
