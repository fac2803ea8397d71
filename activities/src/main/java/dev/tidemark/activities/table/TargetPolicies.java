package dev.tidemark.activities.table;

import dev.tidemark.connect.target.TargetPolicy;
import dev.tidemark.workflows.table.ShapeSpec;
import dev.tidemark.workflows.table.TableTask;

/** From what a workflow says of a target table to what may be done to it. */
public final class TargetPolicies {

  private TargetPolicies() {}

  /** What may be done to the table of a task, and lost on the way into it. */
  public static TargetPolicy of(TableTask task) {
    ShapeSpec shape = task.spec().shape();
    return new TargetPolicy(task.createMissing(), shape.widen(), shape.lose());
  }
}
