package dev.tidemark.workflows.schedule;

import dev.tidemark.workflows.batch.BatchSpec;
import io.temporal.activity.ActivityInterface;

/** Control work: what a scheduled batch syncs. */
@ActivityInterface
public interface ScheduleActivities {

  /**
   * What the batch syncs as the configuration has it now.
   *
   * <p>Fails without a retry when the configuration no longer has the batch, or has no longer what
   * the schedule asks of it.
   */
  BatchSpec resolveBatch(ScheduledBatchInput input);
}
