package dev.tidemark.workflows.batch;

import io.temporal.activity.ActivityInterface;

/** Control work: the archive of batches in the control database. */
@ActivityInterface
public interface ArchiveActivities {

  /** Writes the batch and its tables as they stand; the last write wins. */
  void archive(ArchiveInput input);

  /**
   * The tables that this source had when a batch of this name last knew it; none when no batch did,
   * or when the archive cannot be read.
   */
  SourcePlan lastKnownTables(PlanInput input);
}
