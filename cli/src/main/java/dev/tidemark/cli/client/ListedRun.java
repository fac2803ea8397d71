package dev.tidemark.cli.client;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A verification or a plan in a list of the API, as far as this command reads it.
 *
 * @param equal of a verification that ended by itself, as the numbers
 */
public record ListedRun(
    String id,
    @Nullable String batch,
    String status,
    @Nullable Boolean equal,
    @Nullable Integer totalTables,
    @Nullable Integer comparedTables,
    @Nullable Integer differingTables,
    Instant startedAt,
    @Nullable Instant endedAt) {

  /** What it took; null while it runs. */
  public @Nullable Double seconds() {
    return endedAt == null ? null : Duration.between(startedAt, endedAt).toMillis() / 1000.0;
  }
}
