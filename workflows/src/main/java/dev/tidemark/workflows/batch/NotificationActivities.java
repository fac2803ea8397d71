package dev.tidemark.workflows.batch;

import io.temporal.activity.ActivityInterface;

/** Control work: telling people. */
@ActivityInterface
public interface NotificationActivities {

  /** Tells the configured receivers how the batch ended. */
  void batchEnded(BatchProgress progress);
}
