package dev.tidemark.workflows.batch;

import io.temporal.activity.ActivityInterface;

/** Control work: telling people. */
@ActivityInterface
public interface NotificationActivities {

  /**
   * Tells the configured receivers how the batch ended. Of runs that began to tell before there was
   * {@link dev.tidemark.workflows.notification.NotificationWorkflow}.
   */
  void batchEnded(BatchProgress progress);
}
