package dev.tidemark.activities.plan;

import dev.tidemark.activities.table.DeletedColumn;
import dev.tidemark.activities.table.DiffSessions;
import dev.tidemark.activities.table.ParallelRanges;
import dev.tidemark.activities.table.TargetPolicies;
import dev.tidemark.activities.table.TaskCasts;
import dev.tidemark.activities.table.TaskMapping;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.plan.TableLook;
import dev.tidemark.connect.table.ChangeColumn;
import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.KeyRange;
import dev.tidemark.connect.table.SourceTable;
import dev.tidemark.connect.table.TableIndex;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.target.CascadingDeletes;
import dev.tidemark.connect.target.TargetPlan;
import dev.tidemark.workflows.plan.Estimate;
import dev.tidemark.workflows.plan.TableFate;
import dev.tidemark.workflows.plan.TablePlan;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.SyncMode;
import dev.tidemark.workflows.table.TableTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says of one table what its copy would do, by the same steps as that, and does none of it. */
final class TablePlanner {

  private final TableTask task;
  private final ModeSpec mode;
  private final ConnectionConfiguration from;
  private final ConnectionConfiguration to;
  private final Dialect reads;
  private final Dialect writes;
  private final Connection source;
  private final Connection target;
  private final PastRuns past;
  private final List<ErrorDetail> refusals = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private boolean loads = true;

  /**
   * A table that has not been looked at.
   *
   * @param source a session in auto-commit mode, as is the target's
   */
  TablePlanner(
      Connections connections,
      TableTask task,
      Connection source,
      Connection target,
      PastRuns past) {
    this.task = task;
    this.mode = task.spec().mode();
    this.from = connections.configuration(task.source().connection());
    this.to = connections.configuration(task.targetConnection());
    this.reads = Dialects.of(from.type());
    this.writes = Dialects.of(to.type());
    this.source = source;
    this.target = target;
    this.past = past;
  }

  @FunctionalInterface
  private interface Step {
    void run() throws SQLException;
  }

  /** What is wrong for good refuses the table; what passes is thrown, to be tried again. */
  private void attempt(String doing, Step step) throws SQLException {
    try {
      step.run();
    } catch (SyncException e) {
      if (e.code().retryable()) {
        throw e;
      }
      refuse(e);
    } catch (SQLException e) {
      SyncException explained = Failures.explain(doing, e);
      if (explained.code().retryable() && explained.code() != ErrorCode.UNCLASSIFIED) {
        throw e;
      }
      refuse(explained);
    }
  }

  private void refuse(SyncException error) {
    refusals.add(
        new ErrorDetail(error.code().name(), String.valueOf(error.getMessage()), error.remedy()));
  }

  private void refuse(ErrorCode code, String message) {
    refusals.add(new ErrorDetail(code.name(), message, Failures.remedy(code)));
  }

  /**
   * Looks.
   *
   * @param ddl whether to tell the statements that would be run on the target
   */
  TablePlan plan(boolean ddl) throws SQLException {
    List<TableMapping> found = new ArrayList<>();
    attempt(
        "looking at " + task.source(),
        () -> found.add(TaskMapping.of(task, from, source, mode.mode() != SyncMode.REPLACE)));
    checkSides();
    if (found.isEmpty()) {
      return refused();
    }
    TableMapping mapping = found.getFirst();
    checkKey(mapping);
    checkMode(mapping);
    List<TableMapping> casts = new ArrayList<>();
    attempt(
        "looking at the types of " + task.targetTable(),
        () -> casts.add(TaskCasts.of(task, mapping, target, writes, to.schema())));
    TableMapping wanted = casts.isEmpty() ? mapping : casts.getFirst();
    long rows = rows(mapping);
    long bytes = TableLook.bytes(source, from.type(), reads, mapping.source());
    TargetPlan plan =
        TargetPlan.of(
            target,
            writes,
            to.schema(),
            wanted,
            TargetPolicies.of(task),
            () -> reads.design(source, mapping.source()));
    plan.problems().forEach(problem -> refuse(ErrorCode.COLUMN_MISMATCH, sentence(problem)));
    TargetView view = TargetView.of(to, writes, target, reads, source, wanted, plan, mode);
    view.refusals().forEach(refusals::add);
    remarks.addAll(view.remarks());
    return new TablePlan(
        mode.mode(),
        mode.deletes(),
        mapping.sourceKey().stream().map(column -> column.source().name()).toList(),
        ranges(mapping),
        rows,
        bytes,
        view.fate(),
        view.changes(),
        view.columns(),
        view.moreColumns(),
        ddl ? view.statements() : List.of(),
        view.indexes(),
        view.leftOut(),
        refusals,
        remarks,
        past.estimate(task.source(), mode.mode(), rows)
            .orElseGet(() -> guess(mapping, view.fate(), bytes, rows)));
  }

  /** Null where neither rows nor bytes are known. */
  private @Nullable Estimate guess(TableMapping mapping, TableFate fate, long bytes, long rows) {
    boolean nothing = rows == 0 && bytes == 0;
    // An empty table takes no byte on PostgreSQL; elsewhere, and of a view, it means nobody knows.
    if (nothing && (from.type() != DatabaseType.POSTGRESQL || mapping.source().view())) {
      return null;
    }
    return GuessedTime.of(bytes, mapping.source().estimatedRows(), rows, mapping.columns().size())
        .estimate(mode.mode(), fate, loads, from.limits(), to.limits());
  }

  private static String sentence(String problem) {
    return problem.substring(0, 1).toUpperCase(Locale.ROOT) + problem.substring(1) + ".";
  }

  /** What can be said of a table that cannot be mapped. */
  private TablePlan refused() {
    return new TablePlan(
        mode.mode(),
        mode.deletes(),
        List.of(),
        1,
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
        remarks,
        null);
  }

  private void checkSides() throws SQLException {
    if (to.readOnly()) {
      refuse(ErrorCode.READ_ONLY_TARGET, "Connection " + to.name() + " is read-only.");
    }
    loads = TableLook.takesLoads(target, to.type());
    if (!loads) {
      remarks.add(
          to.name()
              + " takes no LOAD DATA LOCAL, so rows go in by INSERT, which takes longer. "
              + Failures.remedy(ErrorCode.LOCAL_INFILE_OFF));
    }
  }

  private void checkMode(TableMapping mapping) throws SQLException {
    attempt("checking deletes", () -> DeletedColumn.check(mapping, mode.deletedColumn()));
    switch (mode.mode()) {
      case FULL -> {}
      case REPLACE ->
          attempt(
              "looking at what refers to " + task.targetTable(),
              () -> CascadingDeletes.check(target, writes, to.schema(), task.targetTable()));
      case DIFF -> {
        attempt("checking " + from.name(), () -> DiffSessions.check(from));
        attempt("checking " + to.name(), () -> DiffSessions.check(to));
      }
      case INCREMENTAL -> checkChanges(mapping);
    }
  }

  /** A key that the configuration names, and of which the source does not say that it is one. */
  private void checkKey(TableMapping mapping) throws SQLException {
    List<String> key = mapping.sourceKey().stream().map(column -> column.source().name()).toList();
    TableShape table = mapping.source();
    if (key.isEmpty() || table.hasKey(key)) {
      return;
    }
    List<TableIndex> indexes = reads.design(source, table).indexes();
    if (indexes.stream().noneMatch(index -> index.unique() && index.isWithin(key))) {
      remarks.add(
          "No unique index of %s is over its key (%s): two rows that share one fail the table."
              .formatted(task.source(), String.join(", ", key)));
    }
    if (!beginsAnIndex(table, indexes, key.getFirst())) {
      remarks.add(
          "No index of %s that can be seen begins with %s: each chunk may read the whole table."
              .formatted(task.source(), key.getFirst()));
    }
  }

  private static boolean beginsAnIndex(TableShape table, List<TableIndex> indexes, String column) {
    return table.key().stream().findFirst().filter(column::equalsIgnoreCase).isPresent()
        || indexes.stream()
            .anyMatch(index -> index.parts().getFirst().column().equalsIgnoreCase(column));
  }

  private void checkChanges(TableMapping mapping) throws SQLException {
    String column = Objects.requireNonNull(mode.changeColumn(), "changeColumn");
    attempt(
        "looking at the change-column",
        () -> {
          ChangeColumn changes =
              new ChangeColumn(new SourceTable(source, reads, mapping), column, mode.changeZone());
          if (changes.isOfUnknownZone()) {
            remarks.add(
                "Nobody says in which zone %s is written, so each pass reads what changed in up to 26"
                        .formatted(column)
                    + " hours before it once more: name the zone by change-zone.");
          }
          reads.openTransactions(source, mapping.source()).remark().ifPresent(remarks::add);
          reads
              .lackedToSeeTransactions(source)
              .ifPresent(
                  right ->
                      remarks.add(
                          "A pass is refused while another user is connected to %s: its own lacks %s."
                              .formatted(from.name(), right)));
        });
    if (mapping.source().column(column).filter(Column::nullable).isPresent()) {
      remarks.add(
          "%s may be NULL: the table fails where a row does not say when it was changed."
              .formatted(column));
    }
    remarks.add("The first pass reads every row, later ones what changed.");
    if (!isIndexed(mapping.source(), column)) {
      remarks.add(
          "No index of %s begins with %s: each chunk of changes would read the whole table."
              .formatted(task.source(), column));
    }
  }

  /** True of views too, of which nobody knows what they are made of. */
  private boolean isIndexed(TableShape table, String column) throws SQLException {
    return table.key().isEmpty()
        || beginsAnIndex(table, reads.design(source, table).indexes(), column);
  }

  /** As many as the planner of the source expects; rows themselves are not counted. */
  private long rows(TableMapping mapping) throws SQLException {
    long estimated = mapping.source().estimatedRows();
    boolean filtered = mapping.rows().filter() != null;
    if (!filtered && estimated > 0) {
      return estimated;
    }
    List<Long> found = new ArrayList<>();
    attempt(
        "reading with the filter of " + task.source(),
        () -> {
          TableLook.check(source, reads, mapping);
          if (!mapping.sourceKey().isEmpty()) {
            found.add(reads.estimate(source, mapping, new KeyRange(null, null)));
          }
        });
    return found.isEmpty() ? estimated : found.getFirst();
  }

  private int ranges(TableMapping mapping) {
    return mapping.sourceKey().isEmpty()
        ? 1
        : Math.min(ParallelRanges.most(task.spec()), Math.min(from.poolSize(), to.poolSize()));
  }
}
