package dev.tidemark.workflows.schedule;

import dev.tidemark.workflows.batch.BatchStatus;
import java.util.Objects;

/**
 * How a scheduled batch ended that did not fail.
 *
 * @param batchId id of the batch
 * @param status completed, or interrupted by somebody
 */
public record ScheduledBatchEnd(String batchId, BatchStatus status) {

  public ScheduledBatchEnd {
    Objects.requireNonNull(batchId, "batchId");
    Objects.requireNonNull(status, "status");
  }
}
