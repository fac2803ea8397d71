package dev.tidemark.api.batch;

import dev.tidemark.connect.control.ArchivedBatch;
import dev.tidemark.connect.control.BatchArchive;
import dev.tidemark.connect.control.ControlDatabase;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.specs.batch.ArchivedProgress;
import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.batch.BatchInput;
import dev.tidemark.workflows.batch.BatchOptions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What the archive knows of one batch, for whoever can do without it. */
@Component
final class BatchRecords {

  /** What was found. */
  sealed interface Lookup {

    /** The archive has it. */
    record Found(ArchivedBatch batch, BatchState state) implements Lookup {

      /** Whether it was archived as closed, and not before this instant. */
      boolean closedSince(Instant instant) {
        return !batch.status().equals("running") && !batch.recordedAt().isBefore(instant);
      }
    }

    /** The archive was read and has no such batch. */
    record Unknown() implements Lookup {}

    /** The archive cannot be read now. */
    record Unreadable(SyncException cause) implements Lookup {}

    default Optional<Found> found() {
      return this instanceof Found found ? Optional.of(found) : Optional.empty();
    }
  }

  private static final Logger log = LoggerFactory.getLogger(BatchRecords.class);

  private final BatchArchive archive;

  BatchRecords(ControlDatabase control) {
    this.archive = control.batches();
  }

  Lookup find(String batchId) {
    try {
      Optional<ArchivedBatch> batch = archive.find(batchId);
      return batch.isEmpty()
          ? new Lookup.Unknown()
          : new Lookup.Found(batch.get(), state(batch.get()));
    } catch (SyncException e) {
      return new Lookup.Unreadable(e);
    }
  }

  /**
   * Lets lists know of a batch before its workflow has written anything. Whatever the workflow
   * writes, or wrote, is newer. A batch runs as well without.
   */
  void announce(BatchInput input, Instant startedAt) {
    write(
        input.batchId(),
        () ->
            archive.announce(
                new ArchivedBatch(
                    input.batchId(),
                    input.spec().name(),
                    "running",
                    false,
                    input.carried().size(),
                    0,
                    0,
                    0,
                    PayloadJson.write(input.options()),
                    PayloadJson.write(input.spec()),
                    Objects.requireNonNullElse(input.firstStartedAt(), startedAt),
                    null,
                    input.options().requestedBy(),
                    Instant.EPOCH,
                    null,
                    null)));
  }

  /** Lets lists know that a batch, which was found closed, runs again. */
  void reopen(Lookup.Found found) {
    String batchId = found.batch().batchId();
    write(batchId, () -> archive.reopen(batchId, found.batch().recordedAt()));
  }

  private static void write(String batchId, Runnable write) {
    try {
      write.run();
    } catch (SyncException e) {
      log.warn("{} is archived as soon as a worker can: {}", batchId, e.getMessage());
    }
  }

  private BatchState state(ArchivedBatch batch) {
    return new BatchState(
        ArchivedProgress.of(batch, archive.tables(batch.batchId())),
        options(batch),
        false,
        List.of(),
        List.of());
  }

  static BatchOptions options(ArchivedBatch batch) {
    return PayloadJson.read(batch.optionsJson(), BatchOptions.class);
  }
}
