package dev.tidemark.api.run;

import dev.tidemark.workflows.batch.BatchOptions;
import dev.tidemark.workflows.batch.BatchStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The latest run of a workflow as Temporal describes it.
 *
 * @param status how it stands; terminated runs count as interrupted, timed out ones as failed
 * @param startedAt when this run started, which is later than its batch when it was resumed
 * @param closedAt null while it runs
 * @param canceling whether it was asked to stop; lists do not tell
 * @param batch name of the batch that it is about; null where it does not say, as one that no
 *     worker has taken up
 * @param options what was asked for; null when whoever started it did not say
 * @param token of the request that started it; null where runs need none, see {@link
 *     SuccessiveRuns}
 * @param pending activities under way that name their table
 * @param retried other steps that have failed and are tried again
 */
public record Run(
    String workflowId,
    String runId,
    BatchStatus status,
    Instant startedAt,
    @Nullable Instant closedAt,
    boolean canceling,
    @Nullable String batch,
    @Nullable BatchOptions options,
    @Nullable String token,
    List<PendingTable> pending,
    List<RetriedStep> retried) {

  /** Name under which a run's memo has its token. */
  public static final String TOKEN_MEMO = "request";

  public Run {
    Objects.requireNonNull(workflowId, "workflowId");
    Objects.requireNonNull(runId, "runId");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(startedAt, "startedAt");
    pending = List.copyOf(pending);
    retried = List.copyOf(retried);
  }

  public boolean running() {
    return status == BatchStatus.RUNNING;
  }
}
