package dev.tidemark.workflows.plan;

import dev.tidemark.workflows.table.TableTask;
import java.util.List;

/**
 * Some tables of one source.
 *
 * @param tables as a batch would sync them; at least one
 * @param ddl whether the statements are told that would be run on the target
 */
public record TablesToPlan(List<TableTask> tables, boolean ddl) {

  /** So many are planned by one activity: few events, and results that stay small. */
  static final int MOST = 25;

  public TablesToPlan {
    tables = List.copyOf(tables);
    if (tables.isEmpty()) {
      throw new IllegalArgumentException("there is no table to plan");
    }
  }
}
