package dev.tidemark.workflows.schedule;

import dev.tidemark.workflows.batch.BatchSpec;
import io.temporal.activity.ActivityInterface;

/** Control work: what a scheduled batch syncs. */
@ActivityInterface
public interface ScheduleActivities {

  /**
   * What the batch syncs as the configuration has it now.
   *
   * <p>Fails when the configuration of the worker does not have the batch, or does not have what
   * the schedule asks of it. That may pass: while a deployment rolls, another worker may have the
   * new file already, so whoever asks tries again for some minutes.
   */
  BatchSpec resolveBatch(ScheduledBatchInput input);
}
