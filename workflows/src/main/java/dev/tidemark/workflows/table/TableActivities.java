package dev.tidemark.workflows.table;

import io.temporal.activity.ActivityInterface;

/** Bulk work, on the bulk task queue. */
@ActivityInterface
public interface TableActivities {

  /**
   * Copies one table from where its checkpoint in the target stands, and heartbeats {@link
   * TableHeartbeat}. Asked to cancel, it finishes the chunk in flight and answers with {@code
   * finished = false}. It answers so at once, naming the slice, when another sync holds it and the
   * task says to wait: {@link SliceActivities#awaitSlice} tells when to come again.
   *
   * @throws io.temporal.failure.ApplicationFailure with an error code as its type and an {@link
   *     ErrorDetail} as its first detail; non-retryable when no retry can mend it or the budget of
   *     failures is used up
   */
  TableResult syncTable(TableTask task);
}
