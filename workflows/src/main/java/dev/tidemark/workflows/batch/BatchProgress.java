package dev.tidemark.workflows.batch;

import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableStatus;
import dev.tidemark.workflows.verification.VerificationSummary;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A batch as its workflow knows it: the answer to the query {@code progress}, the result of the
 * workflow, and what is archived.
 *
 * @param batchId id of the batch
 * @param name name of the batch in the configuration
 * @param status how it stands
 * @param paused true while no new chunk is started
 * @param planned false until the tables are known
 * @param tables its tables, in the order in which they are started
 * @param startedAt when its first run started
 * @param endedAt when it closed
 * @param verification the comparison of its tables once they are done; null without one
 * @param interruption why it was interrupted, or is being interrupted, and by whom; null when it is
 *     not
 */
public record BatchProgress(
    String batchId,
    String name,
    BatchStatus status,
    boolean paused,
    boolean planned,
    List<TableProgress> tables,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable VerificationSummary verification,
    @Nullable String interruption) {

  public BatchProgress {
    Objects.requireNonNull(batchId, "batchId");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(startedAt, "startedAt");
    tables = List.copyOf(tables);
  }

  /** A batch that is neither compared nor interrupted. */
  public BatchProgress(
      String batchId,
      String name,
      BatchStatus status,
      boolean paused,
      boolean planned,
      List<TableProgress> tables,
      Instant startedAt,
      @Nullable Instant endedAt) {
    this(batchId, name, status, paused, planned, tables, startedAt, endedAt, null, null);
  }

  /** How many of its tables stand like this. */
  public long count(TableStatus status) {
    return tables.stream().filter(table -> table.status() == status).count();
  }
}
