package dev.tidemark.api.batch;

import dev.tidemark.api.batch.BatchRecords.Lookup;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.api.run.Run;
import dev.tidemark.api.run.Runs;
import dev.tidemark.workflows.batch.BatchInput;
import dev.tidemark.workflows.batch.BatchOptions;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.batch.RunIds;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Finds out how one batch stands: from its workflow while it runs, from the archive when it is
 * closed, and from the other of the two when the first does not know.
 */
@Component
final class BatchLookup {

  private static final BatchOptions NOT_KNOWN = new BatchOptions(List.of(), List.of(), "");

  private final Runs runs;
  private final BatchRecords records;

  BatchLookup(Runs runs, BatchRecords records) {
    this.runs = runs;
    this.records = records;
  }

  /**
   * The batch of this id.
   *
   * @throws ProblemException 404 when neither Temporal nor the archive knows it
   */
  BatchState get(String batchId) {
    if (!RunIds.isOfBatch(batchId)) {
      // Another workflow may well have this id.
      throw notFound(batchId);
    }
    Optional<BatchState> state;
    try {
      state = runs.describe(batchId).map(this::ofRun);
    } catch (StatusRuntimeException e) {
      return records.find(batchId).found().map(Lookup.Found::state).orElseThrow(() -> e);
    }
    return state.orElseGet(() -> archived(batchId));
  }

  /** A 404 as the command line shows it. */
  static ProblemException notFound(String batchId) {
    return ProblemException.notFound(
        "BATCH_NOT_FOUND",
        "Batch ID [" + batchId + "] not found.",
        "List the batches that exist with GET /api/v1/batches.");
  }

  private BatchState ofRun(Run run) {
    return run.running() ? running(run) : closed(run);
  }

  private BatchState running(Run run) {
    return answered(run)
        .or(() -> records.find(run.workflowId()).found().map(found -> running(run, found)))
        .or(() -> fromInput(run))
        .orElseThrow(() -> notFound(run.workflowId()))
        .stillRunning();
  }

  private static BatchState running(Run run, Lookup.Found found) {
    return new BatchState(
        found.state().progress(), found.state().options(), false, run.pending(), run.retried());
  }

  private BatchState closed(Run run) {
    Optional<Lookup.Found> archived = records.find(run.workflowId()).found();
    return archived
        .filter(found -> found.closedSince(run.startedAt()))
        .map(Lookup.Found::state)
        .or(() -> answered(run))
        .or(() -> archived.map(Lookup.Found::state))
        .or(() -> fromInput(run))
        .orElseThrow(() -> notFound(run.workflowId()))
        .closedAs(run.status(), run.closedAt());
  }

  private Optional<BatchState> answered(Run run) {
    return runs.progress(run, BatchProgress.class)
        .map(
            progress -> new BatchState(progress, options(run), true, run.pending(), run.retried()));
  }

  private BatchOptions options(Run run) {
    BatchOptions options = run.options();
    return options != null
        ? options
        : runs.input(run, BatchInput.class).map(BatchInput::options).orElse(NOT_KNOWN);
  }

  /** Before a worker took it up, a run is what it was started with. */
  private Optional<BatchState> fromInput(Run run) {
    return runs.input(run, BatchInput.class)
        .map(
            input ->
                new BatchState(
                    new BatchProgress(
                        input.batchId(),
                        input.spec().name(),
                        BatchStatus.RUNNING,
                        input.paused(),
                        false,
                        input.carried(),
                        input.firstStartedAt() == null ? run.startedAt() : input.firstStartedAt(),
                        null),
                    input.options(),
                    false,
                    run.pending(),
                    run.retried()));
  }

  /** Temporal forgot the run; one that the archive believes to be running is lost. */
  private BatchState archived(String batchId) {
    return switch (records.find(batchId)) {
      case Lookup.Found found -> found.state().closedAs(BatchStatus.INTERRUPTED, null);
      case Lookup.Unknown ignored -> throw notFound(batchId);
      case Lookup.Unreadable unreadable -> throw unreadable.cause();
    };
  }
}
