package dev.tidemark.connect.control;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A batch as the archive keeps it.
 *
 * @param batchId its id, which is its workflow's id
 * @param name its name in the configuration
 * @param status {@code running}, {@code completed}, {@code failed} or {@code interrupted}
 * @param optionsJson what was asked for, as JSON
 * @param specJson what the batch syncs, as JSON, enough to resume it
 * @param startedAt when its first run started
 * @param endedAt when it closed
 * @param requestedBy who started it
 * @param recordedAt when this state was taken, by the clock of the Temporal server (such as the
 *     scheduled time of the activity that archives); an older state never overwrites a newer one
 * @param verificationJson what a comparison after the batch has found, as JSON; null when there was
 *     none
 * @param interruption why it was interrupted and by whom; null when it was not
 */
public record ArchivedBatch(
    String batchId,
    String name,
    String status,
    boolean paused,
    int totalTables,
    int completedTables,
    int failedTables,
    int skippedTables,
    String optionsJson,
    String specJson,
    Instant startedAt,
    @Nullable Instant endedAt,
    String requestedBy,
    Instant recordedAt,
    @Nullable String verificationJson,
    @Nullable String interruption) {

  public ArchivedBatch {
    Objects.requireNonNull(batchId, "batchId");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(optionsJson, "optionsJson");
    Objects.requireNonNull(specJson, "specJson");
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(requestedBy, "requestedBy");
    Objects.requireNonNull(recordedAt, "recordedAt");
  }
}
