package dev.tidemark.workflows.batch;

import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The rows with which a run of a batch begins. */
final class FirstRows {

  private FirstRows() {}

  /**
   * @param continued whether the run before continued as new, which carries everything as it is. A
   *     resumed batch tries again what had not ended well.
   */
  static List<TableProgress> of(BatchInput input, boolean continued) {
    List<TableProgress> rows = new ArrayList<>();
    for (TableProgress carried : input.carried()) {
      rows.add(continued ? carried : again(carried));
    }
    if (!continued) {
      Set<String> known =
          rows.stream().map(row -> row.table().connection()).collect(Collectors.toSet());
      input.spec().sources().stream()
          .filter(source -> !known.contains(source.connection()))
          .forEach(source -> rows.add(UnplannedSource.row(source.connection())));
    }
    return rows;
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
              null);
    };
  }
}
