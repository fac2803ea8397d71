package dev.tidemark.api.batch;

import dev.tidemark.api.batch.BatchRecords.Lookup;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.api.run.Run;
import dev.tidemark.api.run.Runs;
import dev.tidemark.connect.control.ArchivedBatch;
import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.batch.BatchInput;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.BatchStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Resumes batches: un-pauses one that runs, and starts the same id again where it failed or was
 * interrupted.
 *
 * <p>Either Temporal's history or the archive is enough to start it again. What it carries are the
 * tables as the run before left them; the truth about the rows is in the targets' checkpoints, so
 * that tables which are not known are planned anew and cost no copy twice.
 */
@Component
final class BatchResumes {

  private final Runs runs;
  private final BatchRecords records;
  private final BatchStarts starts;
  private final Clock clock;

  BatchResumes(Runs runs, BatchRecords records, BatchStarts starts, Clock clock) {
    this.runs = runs;
    this.records = records;
    this.starts = starts;
    this.clock = clock;
  }

  /** Resumes the batch of this id. */
  void resume(String batchId) {
    Optional<Run> run = runs.describe(batchId);
    if (run.isPresent() && run.get().running() && runs.update(batchId, "resume")) {
      return;
    }
    Lookup record = records.find(batchId);
    refuseWhenCompleted(batchId, run, record);
    BatchInput input =
        record
            .found()
            .map(found -> fromArchive(found, run))
            .or(() -> run.flatMap(this::fromHistory))
            .orElseThrow(() -> unknown(batchId, record));
    if (!starts.restart(input)) {
      throw ProblemException.conflict(
          "ALREADY_RESUMED",
          "Batch " + batchId + " was resumed by somebody else, or completed, in this moment.",
          "Look at it again with GET /api/v1/batches/{id}.");
    }
    record.found().ifPresentOrElse(records::reopen, () -> records.announce(input, clock.instant()));
  }

  private static void refuseWhenCompleted(String batchId, Optional<Run> run, Lookup record) {
    boolean completed =
        run.isPresent()
            ? run.get().status() == BatchStatus.COMPLETED
            : record.found().filter(f -> f.batch().status().equals("completed")).isPresent();
    if (completed) {
      throw ProblemException.conflict(
          "BATCH_COMPLETED",
          "Batch " + batchId + " is completed; there is nothing to resume.",
          "Start a new batch to sync again.");
    }
  }

  private BatchInput fromArchive(Lookup.Found found, Optional<Run> run) {
    ArchivedBatch batch = found.batch();
    BatchProgress archived = found.state().progress();
    BatchProgress progress =
        run.flatMap(closed -> runs.progress(closed, BatchProgress.class))
            .filter(BatchProgress::planned)
            .orElse(archived);
    return new BatchInput(
        batch.batchId(),
        PayloadJson.read(batch.specJson(), BatchSpec.class),
        found.state().options(),
        progress.tables(),
        batch.startedAt(),
        false);
  }

  private Optional<BatchInput> fromHistory(Run run) {
    return runs.input(run, BatchInput.class).map(input -> carryOn(input, run));
  }

  private BatchInput carryOn(BatchInput before, Run run) {
    Instant startedAt = before.firstStartedAt() == null ? run.startedAt() : before.firstStartedAt();
    return new BatchInput(
        before.batchId(),
        before.spec(),
        before.options(),
        runs.progress(run, BatchProgress.class)
            .filter(BatchProgress::planned)
            .map(BatchProgress::tables)
            .orElse(before.carried()),
        startedAt,
        false);
  }

  private static RuntimeException unknown(String batchId, Lookup record) {
    return switch (record) {
      case Lookup.Unreadable unreadable -> unreadable.cause();
      case Lookup.Found ignored -> BatchLookup.notFound(batchId);
      case Lookup.Unknown ignored -> BatchLookup.notFound(batchId);
    };
  }
}
