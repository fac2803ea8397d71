package dev.tidemark.workflows.plan;

import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.batch.SourceSpec;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which tables are known, and what of them. */
final class PlanState {

  /** Characters of statements of all tables: a plan must stay far below what Temporal carries. */
  private static final int MOST_STATEMENTS = 400_000;

  /** Characters of all that plans say of columns; what else they say is short. */
  private static final int MOST_OF_COLUMNS = 500_000;

  private final PlanningInput input;
  private final Instant startedAt;
  private final Map<TableId, PlannedCopy> tables = new LinkedHashMap<>();

  /** By what each table would write: its target table and its slice. */
  private final Map<String, TableId> slices = new HashMap<>();

  private BatchSpec spec;
  private int sourcesToPlan;
  private int statements;
  private int ofColumns;
  private BatchStatus status = BatchStatus.RUNNING;
  private @Nullable Instant endedAt;

  PlanState(PlanningInput input, Instant startedAt) {
    this.input = input;
    this.startedAt = startedAt;
    this.spec = input.spec();
    this.sourcesToPlan = spec.sources().size();
  }

  List<String> sources() {
    return spec.sources().stream().map(SourceSpec::connection).toList();
  }

  /**
   * A source has said which tables it has.
   *
   * @return what is to be asked of them; what cannot be synced is not asked for
   */
  List<TablesToPlan> found(List<TableProgress> rows) {
    sourcesToPlan--;
    spec = spec.withSettings(rows);
    List<TableTask> tasks = new ArrayList<>();
    for (TableProgress row : rows) {
      ErrorDetail error = row.error();
      tables.put(
          row.table(),
          new PlannedCopy(
              row.table(), row.targetTable(), null, error == null ? List.of() : List.of(error)));
      if (error == null) {
        tasks.add(spec.task(row.table(), row.targetTable(), row.estimatedRows(), 1));
      }
    }
    List<TablesToPlan> parts = new ArrayList<>();
    for (int from = 0; from < tasks.size(); from += TablesToPlan.MOST) {
      int to = Math.min(tasks.size(), from + TablesToPlan.MOST);
      parts.add(new TablesToPlan(tasks.subList(from, to), input.ddl()));
    }
    return parts;
  }

  void told(TablesToPlan asked, TablePlans plans) {
    for (int i = 0; i < asked.tables().size(); i++) {
      told(asked.tables().get(i), plans.tables().get(i));
    }
  }

  private void told(TableTask task, TablePlan plan) {
    List<ErrorDetail> refusals = new ArrayList<>(plan.refusals());
    String slice =
        task.targetTable().toLowerCase(Locale.ROOT) + "\n" + sorted(task.spec().constants());
    TableId other = slices.putIfAbsent(slice, task.source());
    if (other != null) {
      refusals.add(
          new ErrorDetail(
              "SLICE_SHARED",
              "%s would be written by %s too.".formatted(task.targetTable(), other),
              "Give each source a constant of its own, such as branch, or send its tables"
                  + " elsewhere."));
    }
    tables.put(
        task.source(), new PlannedCopy(task.source(), task.targetTable(), bounded(plan), refusals));
  }

  private TablePlan bounded(TablePlan plan) {
    TablePlan bounded = plan;
    statements += plan.length();
    if (statements > MOST_STATEMENTS && !plan.statements().isEmpty()) {
      bounded =
          bounded.withoutStatements(
              "Its statements are left out, since the plan has too many: plan it alone.");
    }
    ofColumns += PayloadJson.write(plan.columns()).length();
    if (ofColumns > MOST_OF_COLUMNS && !plan.columns().isEmpty()) {
      bounded =
          bounded.withoutColumns(
              "Its columns are not named, since the plan names too many: plan it alone.");
    }
    return bounded;
  }

  private static String sorted(Map<String, String> constants) {
    return constants.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(constant -> constant.getKey() + "=" + constant.getValue())
        .toList()
        .toString();
  }

  /** Nobody can tell what would become of these. */
  void failed(TablesToPlan asked, ErrorDetail error) {
    for (TableTask task : asked.tables()) {
      tables.put(
          task.source(), new PlannedCopy(task.source(), task.targetTable(), null, List.of(error)));
    }
  }

  boolean ended() {
    return sourcesToPlan == 0 && tables.values().stream().allMatch(PlannedCopy::told);
  }

  void end(BatchStatus end, Instant now) {
    status = end;
    endedAt = now;
  }

  BatchPlan plan() {
    return new BatchPlan(
        input.id(),
        spec.name(),
        spec.target(),
        status,
        sourcesToPlan == 0,
        spec.parallelTables(),
        startedAt,
        endedAt,
        new ArrayList<>(tables.values()));
  }
}
