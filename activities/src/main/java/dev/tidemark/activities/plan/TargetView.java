package dev.tidemark.activities.plan;

import dev.tidemark.connect.checkpoint.MadeTables;
import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.Dialect;
import dev.tidemark.connect.table.MappedColumn;
import dev.tidemark.connect.table.TableDesign;
import dev.tidemark.connect.table.TableIndex;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.target.ColumnFate;
import dev.tidemark.connect.target.IndexPlan;
import dev.tidemark.connect.target.TargetChange;
import dev.tidemark.connect.target.TargetPlan;
import dev.tidemark.connect.target.TypeReport;
import dev.tidemark.connect.type.ColumnType;
import dev.tidemark.connect.type.Fidelity;
import dev.tidemark.workflows.plan.ColumnPlan;
import dev.tidemark.workflows.plan.TableFate;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.ModeSpec;
import dev.tidemark.workflows.table.SyncMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a plan says of a target table, in the words of a plan. */
record TargetView(
    TableFate fate,
    List<String> changes,
    List<ColumnPlan> columns,
    int moreColumns,
    List<String> statements,
    List<String> indexes,
    List<String> leftOut,
    List<ErrorDetail> refusals,
    List<String> remarks) {

  /** Columns that are told of one table; a plan must stay far below what Temporal carries. */
  private static final int MOST_COLUMNS = 30;

  static TargetView of(
      ConnectionConfiguration to,
      Dialect writes,
      Connection target,
      Dialect reads,
      Connection source,
      TableMapping mapping,
      TargetPlan plan,
      ModeSpec mode)
      throws SQLException {
    List<String> changes = new ArrayList<>();
    List<String> statements = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    List<ErrorDetail> refusals = new ArrayList<>();
    for (TargetChange change : plan.changes()) {
      if (!changes.contains(change.words())) {
        changes.add(change.words());
      }
      statements.add(change.statement());
    }
    if (plan.shape().isEmpty()) {
      refusals.add(
          refusal(
              ErrorCode.TARGET_TABLE_MISSING,
              "There is no table %s.%s in the target."
                  .formatted(to.schema(), mapping.targetTable())));
    }
    Optional<TableShape> existing = plan.existing();
    if (existing.isPresent()) {
      differences(mapping, existing.get(), remarks);
      unfilled(writes, target, mapping, existing.get(), refusals);
    }
    String deleted = mode.deletedColumn();
    if (deleted != null && plan.shape().filter(s -> s.column(deleted).isPresent()).isEmpty()) {
      changes.add("adds column " + deleted + ", for deletes");
    }
    IndexPlan indexes = indexes(to, writes, target, reads, source, mapping, plan);
    indexes.weaker().ifPresent(remarks::add);
    TableShape shape = plan.shape().orElse(null);
    if (shape != null) {
      if (mode.mode() != SyncMode.REPLACE) {
        exchanges(to, writes, target, mapping, plan, indexes, remarks);
      }
      for (TableIndex index : indexes.indexes()) {
        statements.add(writes.addIndex(shape, index, !mapping.constants().isEmpty()));
      }
    }
    List<ColumnPlan> columns = columns(plan);
    return new TargetView(
        fate(plan),
        changes,
        columns.stream().limit(MOST_COLUMNS).toList(),
        Math.max(0, columns.size() - MOST_COLUMNS),
        statements,
        indexes.indexes().stream().map(TableIndex::inWords).toList(),
        indexes.leftOut(),
        refusals,
        remarks);
  }

  private static ErrorDetail refusal(ErrorCode code, String message) {
    return new ErrorDetail(code.name(), message, Failures.remedy(code));
  }

  private static TableFate fate(TargetPlan plan) {
    if (plan.shape().isEmpty()) {
      return TableFate.MISSING;
    }
    return plan.existing().isEmpty()
        ? TableFate.CREATED
        : plan.changes().isEmpty() ? TableFate.TAKEN : TableFate.WIDENED;
  }

  /** What was there before, and is not quite what a new table would be. */
  private static void differences(TableMapping mapping, TableShape existing, List<String> remarks) {
    if (!existing.hasKey(mapping.targetKey()) && !mapping.sourceKey().isEmpty()) {
      remarks.add(
          "The target has no key over %s; its own is %s."
              .formatted(
                  String.join(", ", mapping.targetKey()),
                  existing.key().isEmpty() ? "none" : String.join(", ", existing.key())));
    }
    for (MappedColumn column : mapping.columns()) {
      Optional<Column> there = existing.column(column.target());
      if (there.isEmpty()) {
        continue;
      }
      ColumnType cast = column.cast();
      String type = there.get().type().nativeName();
      if (cast != null && !cast.nativeName().equals(type)) {
        remarks.add(
            "Column %s is there as %s, and stays so: cast is for columns that Tidemark makes."
                .formatted(column.target(), type));
      }
      if (column.source().nullable() && !there.get().nullable() && !there.get().generated()) {
        remarks.add(
            "Column %s takes no NULL in the target; a row with NULL would fail."
                .formatted(column.target()));
      }
    }
  }

  /** Where there is more than the key that no two rows may share. */
  private static void exchanges(
      ConnectionConfiguration to,
      Dialect writes,
      Connection target,
      TableMapping mapping,
      TargetPlan plan,
      IndexPlan made,
      List<String> remarks)
      throws SQLException {
    List<TableIndex> indexes = new ArrayList<>(made.indexes());
    if (plan.existing().isPresent()) {
      indexes.addAll(writes.design(target, plan.existing().get()).indexes());
    }
    List<String> unique =
        indexes.stream()
            .filter(TableIndex::unique)
            .filter(index -> !index.isOver(mapping.targetKey()))
            .map(TableIndex::inWords)
            .distinct()
            .toList();
    if (unique.isEmpty()) {
      return;
    }
    List<String> lacked = writes.lackedToExchange(target, plan.shape().orElseThrow());
    if (!lacked.isEmpty()) {
      remarks.add(
          "Rows that exchange values of %s will be refused: the user of %s lacks %s."
              .formatted(String.join(" or ", unique), to.name(), String.join(" and ", lacked)));
    }
  }

  /** Columns of the target that nobody fills, and that must be filled. */
  private static void unfilled(
      Dialect writes,
      Connection target,
      TableMapping mapping,
      TableShape existing,
      List<ErrorDetail> refusals)
      throws SQLException {
    List<String> suspects =
        existing.columns().stream()
            .filter(column -> !column.nullable() && !column.generated())
            .map(Column::name)
            .filter(name -> mapping.targetColumns().stream().noneMatch(name::equalsIgnoreCase))
            .toList();
    if (suspects.isEmpty()) {
      return;
    }
    TableDesign design = writes.design(target, existing);
    suspects.stream()
        .filter(name -> !design.defaults().containsKey(name))
        .forEach(
            name ->
                refusals.add(
                    refusal(
                        ErrorCode.CONSTRAINT_VIOLATED,
                        "Column %s of the target takes no NULL, has no default, and gets no value."
                            .formatted(name))));
  }

  private static IndexPlan indexes(
      ConnectionConfiguration to,
      Dialect writes,
      Connection target,
      Dialect reads,
      Connection source,
      TableMapping mapping,
      TargetPlan plan)
      throws SQLException {
    Optional<TableShape> shape = plan.shape();
    boolean made = plan.existing().isEmpty() || awaitsIndexes(to, target, mapping.targetTable());
    return shape.isPresent() && made
        ? IndexPlan.of(mapping, shape.get(), reads.design(source, mapping.source()), writes)
        : IndexPlan.NONE;
  }

  /** Where nothing was ever copied, there is nothing to ask. */
  private static boolean awaitsIndexes(
      ConnectionConfiguration to, Connection target, String table) {
    try {
      return new MadeTables(to).awaitsIndexes(target, table);
    } catch (SQLException e) {
      return false;
    }
  }

  private static List<ColumnPlan> columns(TargetPlan plan) {
    if (plan.shape().isEmpty()) {
      return List.of();
    }
    List<ColumnPlan> columns = new ArrayList<>();
    for (TypeReport.Line line : plan.report().lines()) {
      boolean plain =
          line.conversion().fidelity() == Fidelity.EXACT
              && line.conversion().refused().isEmpty()
              && line.fate() != ColumnFate.MISSING
              && line.fate() != ColumnFate.COMPUTED;
      if (!plain) {
        columns.add(column(line, plan.mendable().contains(line.target())));
      }
    }
    return columns;
  }

  private static ColumnPlan column(TypeReport.Line line, boolean mendable) {
    boolean counts = line.fate() != ColumnFate.COMPUTED && line.fate() != ColumnFate.MISSING;
    String fidelity =
        counts
            ? line.conversion().fidelity().name().toLowerCase(Locale.ROOT)
            : line.fate().name().toLowerCase(Locale.ROOT);
    return new ColumnPlan(
        line.source().name(),
        line.target(),
        line.conversion().source().nativeName(),
        line.fate() == ColumnFate.MISSING ? "" : line.conversion().target().nativeName(),
        fidelity,
        counts ? line.conversion().loss() : "",
        counts ? line.conversion().refused() : "",
        line.way(mendable));
  }
}
