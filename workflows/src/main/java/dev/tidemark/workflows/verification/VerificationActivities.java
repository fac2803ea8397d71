package dev.tidemark.workflows.verification;

import io.temporal.activity.ActivityInterface;

/** Bulk work, on the bulk task queue. */
@ActivityInterface
public interface VerificationActivities {

  /**
   * Compares a table with its slice of the target, writes nothing, and heartbeats {@link
   * VerificationHeartbeat}, from which its next attempt goes on. Asked to cancel, it leaves after
   * the range of keys in flight.
   *
   * @throws io.temporal.failure.ApplicationFailure with an error code as its type and an {@link
   *     dev.tidemark.workflows.table.ErrorDetail} as its first detail
   */
  Findings verifyTable(VerificationTask task);
}
