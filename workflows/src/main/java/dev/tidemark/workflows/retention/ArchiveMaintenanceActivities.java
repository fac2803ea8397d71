package dev.tidemark.workflows.retention;

import io.temporal.activity.ActivityInterface;

/** Control work: keeping the archive true and small. */
@ActivityInterface
public interface ArchiveMaintenanceActivities {

  /**
   * Deletes closed batches that are older than the configured retention.
   *
   * @return how many were deleted
   */
  int deleteExpired();

  /**
   * Gives batches that are archived as running, but whose workflow is closed, terminated or
   * unknown, their true end.
   *
   * @return how many were mended
   */
  int reconcile();
}
