package dev.tidemark.workflows.batch;

import java.util.List;

/**
 * The tables that a batch takes from one source, largest first.
 *
 * @param tables may be empty when the source has none of the tables asked for
 */
public record SourcePlan(List<PlannedTable> tables) {

  public SourcePlan {
    tables = List.copyOf(tables);
  }
}
