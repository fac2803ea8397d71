package dev.tidemark.api.run;

import dev.tidemark.workflows.table.ErrorDetail;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A step of a run, other than the copy of a table, that has failed and is tried again: a look at a
 * catalog, or the comparison of a table.
 *
 * @param attempt the one to come, or under way; Temporal counts them from 1
 * @param nextRetryAt when it comes; null while it is under way
 * @param lastFailure why the one before failed
 */
public record RetriedStep(int attempt, @Nullable Instant nextRetryAt, ErrorDetail lastFailure) {

  public RetriedStep {
    Objects.requireNonNull(lastFailure, "lastFailure");
  }
}
