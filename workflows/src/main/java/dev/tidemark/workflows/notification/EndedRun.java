package dev.tidemark.workflows.notification;

import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.table.ErrorDetail;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The end that people are told about.
 *
 * @param runId of the run that ended; one id of workflow and run is told about once
 * @param progress the batch as it ended
 * @param error why there was no batch at all; null when there was one
 */
public record EndedRun(String runId, BatchProgress progress, @Nullable ErrorDetail error) {

  public EndedRun {
    Objects.requireNonNull(runId, "runId");
    Objects.requireNonNull(progress, "progress");
  }

  /** The end of a batch that had begun. */
  public EndedRun(String runId, BatchProgress progress) {
    this(runId, progress, null);
  }

  /** The same in every attempt to tell of this end. */
  public String id() {
    return progress.batchId() + "/" + runId;
  }
}
