package dev.tidemark.workflows.batch;

import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.TableId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One table that a batch will sync.
 *
 * @param table the table to read
 * @param targetTable the table to write
 * @param estimatedRows from the catalog's statistics, 0 when unknown
 * @param problem why the table cannot be synced as configured; null when it can
 * @param settings see {@link dev.tidemark.workflows.table.TableProgress#settings}
 */
public record PlannedTable(
    TableId table,
    String targetTable,
    long estimatedRows,
    @Nullable ErrorDetail problem,
    @Nullable String settings) {

  public PlannedTable {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(targetTable, "targetTable");
  }

  /** A table whose settings are those of its own name. */
  public PlannedTable(
      TableId table, String targetTable, long estimatedRows, @Nullable ErrorDetail problem) {
    this(table, targetTable, estimatedRows, problem, null);
  }
}
