package dev.tidemark.cli.client;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A schedule as the API shows it. */
public record ScheduleState(
    String name,
    String batch,
    List<String> connections,
    List<String> tables,
    List<String> cron,
    @Nullable String every,
    @Nullable String offset,
    @Nullable String timeZone,
    @Nullable String overlap,
    boolean paused,
    @Nullable String note,
    @Nullable String origin,
    List<Instant> nextTimes,
    List<Run> runs) {

  /**
   * A run.
   *
   * @param status as of a batch; null when nobody knows any more
   * @param batchId null while there is no batch
   * @param error why there never was one
   */
  public record Run(
      @Nullable Instant scheduledAt,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable String status,
      @Nullable String batchId,
      @Nullable SyncError error) {}

  public ScheduleState {
    Objects.requireNonNull(name, "name");
    batch = Objects.requireNonNullElse(batch, "");
    connections = Objects.requireNonNullElse(connections, List.of());
    tables = Objects.requireNonNullElse(tables, List.of());
    cron = Objects.requireNonNullElse(cron, List.of());
    nextTimes = Objects.requireNonNullElse(nextTimes, List.of());
    runs = Objects.requireNonNullElse(runs, List.of());
  }

  /** When it runs, in one line. */
  public String times() {
    StringBuilder times = new StringBuilder(String.join("; ", cron));
    if (every != null) {
      times.append(cron.isEmpty() ? "" : "; ").append("every ").append(every);
      times.append(offset == null ? "" : " + " + offset);
    }
    boolean utc = timeZone == null || timeZone.equals("UTC");
    return utc ? times.toString() : times + " (" + timeZone + ")";
  }
}
