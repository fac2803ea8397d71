package dev.tidemark.workflows.batch;

import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rows with which a run of a batch begins. */
final class FirstRows {

  private FirstRows() {}

  /**
   * @param continued whether the run before continued as new, which carries everything as it is. A
   *     resumed batch tries again what had not ended well.
   */
  static List<TableProgress> of(BatchInput input, boolean continued) {
    return continued ? input.carried() : resumed(input);
  }

  /** Sources whose tables are not known, or were not when the batch ended, are planned. */
  private static List<TableProgress> resumed(BatchInput input) {
    List<TableProgress> rows = new ArrayList<>();
    Set<String> planned = new HashSet<>();
    Set<String> unplanned = new HashSet<>();
    for (TableProgress carried : input.carried()) {
      if (failedByPlanning(carried)) {
        unplanned.add(carried.table().connection());
      } else {
        planned.add(carried.table().connection());
        rows.add(again(carried));
      }
    }
    for (SourceSpec source : input.spec().sources()) {
      String connection = source.connection();
      if (!planned.contains(connection) || unplanned.contains(connection)) {
        rows.add(UnplannedSource.row(connection));
      }
    }
    return rows;
  }

  /**
   * Whether the row is what was known of a source that could not be reached, which need not be all
   * that it has, or a table that was missing in its catalog.
   */
  private static boolean failedByPlanning(TableProgress row) {
    return row.status() == TableStatus.FAILED && row.startedAt() == null;
  }

  private static TableProgress again(TableProgress row) {
    return switch (row.status()) {
      case COMPLETED, SKIPPED -> row;
      case FAILED, PENDING, IN_PROGRESS ->
          new TableProgress(
              row.table(),
              row.targetTable(),
              TableStatus.PENDING,
              false,
              row.estimatedRows(),
              row.counts(),
              row.retries(),
              null,
              row.startedAt(),
              null,
              row.settings(),
              // Those of the run before; what still holds is remarked again.
              List.of());
    };
  }
}
