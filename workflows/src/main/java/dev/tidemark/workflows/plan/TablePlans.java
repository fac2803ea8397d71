package dev.tidemark.workflows.plan;

import java.util.List;

/**
 * What would become of some tables.
 *
 * @param tables in the order in which they were asked for
 */
public record TablePlans(List<TablePlan> tables) {

  public TablePlans {
    tables = List.copyOf(tables);
  }
}
