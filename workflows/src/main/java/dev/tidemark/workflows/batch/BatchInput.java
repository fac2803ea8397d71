package dev.tidemark.workflows.batch;

import dev.tidemark.workflows.table.TableProgress;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Input of {@link SyncBatchWorkflow}.
 *
 * @param batchId id of the batch and of its workflow
 * @param spec what to sync
 * @param options what was asked for
 * @param carried tables of the run before, when this run resumes or continues one; empty on the
 *     first run, and then the tables are planned
 * @param firstStartedAt when the first run of the batch started; null on the first run
 * @param paused whether the run before was paused when it continued as new
 */
public record BatchInput(
    String batchId,
    BatchSpec spec,
    BatchOptions options,
    List<TableProgress> carried,
    @Nullable Instant firstStartedAt,
    boolean paused) {

  /** Key of the memo that holds the options of a run. */
  public static final String OPTIONS_MEMO = "options";

  public BatchInput {
    Objects.requireNonNull(batchId, "batchId");
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(options, "options");
    carried = List.copyOf(carried);
  }

  /** The same, with the settings that these rows bring. */
  BatchInput withSettings(Collection<TableProgress> rows) {
    return new BatchInput(
        batchId, spec.withSettings(rows), options, carried, firstStartedAt, paused);
  }

  /** Input of a batch that has never run. */
  public static BatchInput first(String batchId, BatchSpec spec, BatchOptions options) {
    return new BatchInput(batchId, spec, options, List.of(), null, false);
  }
}
