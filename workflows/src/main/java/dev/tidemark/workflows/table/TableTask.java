package dev.tidemark.workflows.table;

import java.util.Objects;

/**
 * Everything one {@code syncTable} activity needs, and no secret: connections are named, not
 * described.
 *
 * @param source the table to read
 * @param targetConnection name of the connection to write to
 * @param targetTable name of the table to write
 * @param spec what the configuration says about the table, constants of the source included
 * @param retry the budget of real failures
 * @param whenBusy what to do when another sync holds the slice
 * @param createMissing whether a missing target table is created
 * @param estimatedRows rows that the planner expects, 0 when unknown
 * @param generation how often the workflow has scheduled this table in this run, from 1; together
 *     with the activity's attempt it orders all attempts of a run, so that a late one of an earlier
 *     schedule is told from its successor
 */
public record TableTask(
    TableId source,
    String targetConnection,
    String targetTable,
    TableSpec spec,
    RetrySpec retry,
    WhenBusy whenBusy,
    boolean createMissing,
    long estimatedRows,
    int generation) {

  public TableTask {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(targetConnection, "targetConnection");
    Objects.requireNonNull(targetTable, "targetTable");
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(retry, "retry");
    Objects.requireNonNull(whenBusy, "whenBusy");
    if (generation < 1) {
      throw new IllegalArgumentException("generation counts from 1");
    }
  }

  /** The same table, brought in step in another way. */
  public TableTask in(ModeSpec mode) {
    return new TableTask(
        source,
        targetConnection,
        targetTable,
        spec.in(mode),
        retry,
        whenBusy,
        createMissing,
        estimatedRows,
        generation);
  }

  /** The same table, scheduled once more. */
  public TableTask again() {
    return new TableTask(
        source,
        targetConnection,
        targetTable,
        spec,
        retry,
        whenBusy,
        createMissing,
        estimatedRows,
        generation + 1);
  }
}
