package dev.tidemark.workflows.batch;

import io.temporal.activity.ActivityInterface;

/** Control work: what a workflow cannot do to itself. */
@ActivityInterface
public interface RunActivities {

  /**
   * Requests the cancellation of the calling workflow run. A run closes as Canceled only when its
   * cancellation was requested, and Temporal lets no workflow request its own.
   */
  void requestCancel();
}
