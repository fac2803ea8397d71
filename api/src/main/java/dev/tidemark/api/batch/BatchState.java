package dev.tidemark.api.batch;

import dev.tidemark.api.run.PendingTable;
import dev.tidemark.api.run.RetriedStep;
import dev.tidemark.workflows.batch.BatchOptions;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableStatus;
import dev.tidemark.workflows.verification.VerificationSummary;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A batch as it was found out.
 *
 * @param progress how it stands
 * @param options what was asked for
 * @param live whether the workflow itself answered
 * @param pending tables being copied, as their activities say
 * @param retried other steps that have failed and are tried again
 */
record BatchState(
    BatchProgress progress,
    BatchOptions options,
    boolean live,
    List<PendingTable> pending,
    List<RetriedStep> retried) {

  BatchState {
    Objects.requireNonNull(progress, "progress");
    Objects.requireNonNull(options, "options");
    pending = List.copyOf(pending);
    retried = List.copyOf(retried);
  }

  Optional<PendingTable> pending(TableId table) {
    return pending.stream().filter(one -> one.heartbeat().table().equals(table)).findFirst();
  }

  /**
   * The same with the status that Temporal tells, where what was found is older than the run's end.
   * Tables that were in progress when a run was terminated wait for the next.
   */
  BatchState closedAs(BatchStatus status, @Nullable Instant endedAt) {
    if (progress.status() != BatchStatus.RUNNING && status != BatchStatus.COMPLETED) {
      return this;
    }
    List<TableProgress> tables = progress.tables().stream().map(BatchState::putBack).toList();
    return with(status, tables, progress.endedAt() == null ? endedAt : progress.endedAt(), false);
  }

  /** The same as a running batch, where what was found is older than the run's start. */
  BatchState stillRunning() {
    return progress.status() == BatchStatus.RUNNING
        ? this
        : with(BatchStatus.RUNNING, progress.tables(), null, progress.paused());
  }

  private BatchState with(
      BatchStatus status, List<TableProgress> tables, @Nullable Instant endedAt, boolean paused) {
    BatchProgress corrected =
        new BatchProgress(
            progress.batchId(),
            progress.name(),
            status,
            paused,
            progress.planned(),
            tables,
            progress.startedAt(),
            endedAt,
            verification(progress.verification(), status),
            // A batch that runs again is not interrupted any more.
            status == BatchStatus.RUNNING ? null : progress.interruption());
    return new BatchState(corrected, options, live, pending, retried);
  }

  /** One that went on when its run was terminated has ended too. */
  static @Nullable VerificationSummary verification(
      @Nullable VerificationSummary known, BatchStatus status) {
    return known == null || known.status() != BatchStatus.RUNNING || status == BatchStatus.RUNNING
        ? known
        : known.ended(BatchStatus.INTERRUPTED, known.startedAt());
  }

  private static TableProgress putBack(TableProgress table) {
    return table.status() != TableStatus.IN_PROGRESS
        ? table
        : new TableProgress(
            table.table(),
            table.targetTable(),
            TableStatus.PENDING,
            table.paused(),
            table.estimatedRows(),
            table.counts(),
            table.retries(),
            table.error(),
            table.startedAt(),
            table.endedAt(),
            table.settings(),
            table.remarks());
  }
}
