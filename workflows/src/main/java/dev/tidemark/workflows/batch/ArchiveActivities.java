package dev.tidemark.workflows.batch;

import io.temporal.activity.ActivityInterface;

/** Control work: the archive of batches in the control database. */
@ActivityInterface
public interface ArchiveActivities {

  /**
   * Writes the batch and its tables as they stand; the last write wins. Tables that the progress no
   * longer names leave the archive: the row that stood for a source that could not be planned.
   */
  void archive(ArchiveInput input);

  /**
   * The tables that this source had when a batch of this name last knew it, as far as this batch
   * asks for them; none when no batch did, or when the archive cannot be read.
   */
  SourcePlan lastKnownTables(PlanInput input);
}
