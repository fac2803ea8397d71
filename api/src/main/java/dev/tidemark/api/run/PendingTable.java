package dev.tidemark.api.run;

import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.TableHeartbeat;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table that is being copied, is about to be tried again, or waits for its slice.
 *
 * @param heartbeat the last that its activity said
 * @param attempt Temporal's count of attempts, from 1
 * @param nextRetryAt when it is tried again; null while it is under way
 * @param lastFailure why it has to be tried again; null while it is under way
 */
public record PendingTable(
    TableHeartbeat heartbeat,
    int attempt,
    @Nullable Instant nextRetryAt,
    @Nullable ErrorDetail lastFailure) {

  public PendingTable {
    Objects.requireNonNull(heartbeat, "heartbeat");
  }
}
