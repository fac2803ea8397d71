package dev.tidemark.workflows.batch;

import io.temporal.activity.ActivityInterface;

/** Control work: reading catalogs. */
@ActivityInterface
public interface PlanActivities {

  /** Finds the tables of one source that the batch takes. */
  SourcePlan plan(PlanInput input);

  /** Finds in which order a target's tables are to be written. */
  TableOrder order(String target);
}
