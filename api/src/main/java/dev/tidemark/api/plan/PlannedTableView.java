package dev.tidemark.api.plan;

import dev.tidemark.api.table.ErrorView;
import dev.tidemark.workflows.plan.ColumnPlan;
import dev.tidemark.workflows.plan.Estimate;
import dev.tidemark.workflows.plan.PaceFrom;
import dev.tidemark.workflows.plan.PlannedCopy;
import dev.tidemark.workflows.plan.TableFate;
import dev.tidemark.workflows.plan.TablePlan;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One table of a plan.
 *
 * @param told whether all is known of it that will be
 * @param mode {@code full}, {@code incremental}, {@code diff} or {@code replace}; null until told
 * @param deletes {@code ignore}, {@code soft} or {@code hard}; null until told
 * @param key source columns that identify a row
 * @param ranges ranges of its keys that would be copied at once, at most
 * @param rows that the source's planner expects; 0 when it does not say
 * @param bytes that the table takes in the source; 0 when it does not say
 * @param fate of the target: {@code created}, {@code missing}, {@code taken} as it is or {@code
 *     widened}; null where the source's cannot be copied at all
 * @param changes what would be done to the target's table, in words
 * @param columns those of which something is to be said
 * @param moreColumns how many more of these there are
 * @param statements that would be run on the target, where they were asked for
 * @param indexes that would be made when the rows are in
 * @param leftOut what the target's table would not have
 * @param refusals why it could not be copied; empty when it could
 * @param remarks what else is to be known
 * @param estimatedSeconds how long it would take; null where nobody knows how much there is
 * @param estimatedFrom what that is reckoned from, in words; null as the time
 * @param paceFrom {@code last_run} of this table or others, or {@code guess}; null as the time
 */
@Schema(name = "PlannedTable")
record PlannedTableView(
    String id,
    String connection,
    String schema,
    String table,
    String target,
    boolean told,
    @Nullable String mode,
    @Nullable String deletes,
    List<String> key,
    int ranges,
    long rows,
    long bytes,
    @Nullable String fate,
    List<String> changes,
    List<ColumnPlan> columns,
    int moreColumns,
    List<String> statements,
    List<String> indexes,
    List<String> leftOut,
    List<ErrorView> refusals,
    List<String> remarks,
    @Nullable Double estimatedSeconds,
    @Nullable String estimatedFrom,
    @Nullable String paceFrom) {

  static PlannedTableView of(PlannedCopy copy) {
    TablePlan plan = copy.plan();
    List<ErrorView> refusals = copy.refusals().stream().map(ErrorView::of).toList();
    if (plan == null) {
      return new PlannedTableView(
          copy.table().toString(),
          copy.table().connection(),
          copy.table().schema(),
          copy.table().table(),
          copy.targetTable(),
          !refusals.isEmpty(),
          null,
          null,
          List.of(),
          0,
          0,
          0,
          null,
          List.of(),
          List.of(),
          0,
          List.of(),
          List.of(),
          List.of(),
          refusals,
          List.of(),
          null,
          null,
          null);
    }
    TableFate fate = plan.fate();
    Estimate estimate = plan.estimate();
    return new PlannedTableView(
        copy.table().toString(),
        copy.table().connection(),
        copy.table().schema(),
        copy.table().table(),
        copy.targetTable(),
        true,
        lower(plan.mode()),
        lower(plan.deletes()),
        plan.key(),
        plan.ranges(),
        plan.rows(),
        plan.bytes(),
        fate == null ? null : lower(fate),
        plan.changes(),
        plan.columns(),
        plan.moreColumns(),
        plan.statements(),
        plan.indexes(),
        plan.leftOut(),
        refusals,
        plan.remarks(),
        estimate == null ? null : Math.round(estimate.seconds() * 10) / 10.0,
        estimate == null ? null : estimate.basis(),
        estimate == null ? null : lower(estimate.paceFrom()));
  }

  /** Whether the whole is as good as known without it: it has its time, or will not be copied. */
  boolean reckoned() {
    return estimatedSeconds != null || !refusals.isEmpty();
  }

  boolean guessed() {
    return lower(PaceFrom.GUESS).equals(paceFrom);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
