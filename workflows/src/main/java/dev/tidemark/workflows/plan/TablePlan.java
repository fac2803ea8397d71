package dev.tidemark.workflows.plan;

import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.SyncMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What would become of one table.
 *
 * @param key source columns that identify a row; empty where none do
 * @param ranges ranges of its keys that would be copied at once, at most
 * @param rows that the source's planner expects, 0 when it does not say
 * @param bytes that the table takes in the source, 0 when it does not say
 * @param fate of the target's table; null where the source's cannot be copied at all
 * @param changes what would be done to it, each in words
 * @param columns those of which something is to be said
 * @param moreColumns how many more of these there are
 * @param statements that would be run on the target, those of indexes after the rows; empty unless
 *     asked for
 * @param indexes that would be made when the rows are in, by their columns
 * @param leftOut what of the source's table the target's would not have, each in words
 * @param refusals why it could not be copied; empty when it could
 * @param remarks what else is to be known
 * @param estimate null where nobody knows how much there is to copy
 */
public record TablePlan(
    SyncMode mode,
    Deletes deletes,
    List<String> key,
    int ranges,
    long rows,
    long bytes,
    @Nullable TableFate fate,
    List<String> changes,
    List<ColumnPlan> columns,
    int moreColumns,
    List<String> statements,
    List<String> indexes,
    List<String> leftOut,
    List<ErrorDetail> refusals,
    List<String> remarks,
    @Nullable Estimate estimate) {

  public TablePlan {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(deletes, "deletes");
    key = List.copyOf(key);
    changes = List.copyOf(changes);
    columns = List.copyOf(columns);
    statements = List.copyOf(statements);
    indexes = List.copyOf(indexes);
    leftOut = List.copyOf(leftOut);
    refusals = List.copyOf(refusals);
    remarks = List.copyOf(remarks);
  }

  /** Characters of its statements. */
  int length() {
    return statements.stream().mapToInt(String::length).sum();
  }

  /** The same with its columns counted, not named. */
  TablePlan withoutColumns(String remark) {
    return with(List.of(), moreColumns + columns.size(), statements, remark);
  }

  /** The same without its statements. */
  TablePlan withoutStatements(String remark) {
    return with(columns, moreColumns, List.of(), remark);
  }

  private TablePlan with(List<ColumnPlan> named, int more, List<String> run, String remark) {
    List<String> said = new ArrayList<>(remarks);
    said.add(remark);
    return new TablePlan(
        mode, deletes, key, ranges, rows, bytes, fate, changes, named, more, run, indexes, leftOut,
        refusals, said, estimate);
  }
}
