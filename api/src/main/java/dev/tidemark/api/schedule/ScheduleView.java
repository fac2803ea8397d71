package dev.tidemark.api.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tidemark.api.table.ErrorView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schedule.
 *
 * @param connections empty for all
 * @param tables empty for all
 * @param paused as it is now
 * @param note as it is now; null when there is none
 * @param origin {@code file} or {@code api}
 * @param nextTimes the next times that are due, whether it is paused or not; without jitter
 * @param skippedRuns how many were left out because the one before still ran
 * @param missedRuns how many were due too long ago to be caught up
 * @param runs those that started last, newest first; in a list only the last one
 */
@Schema(name = "Schedule")
public record ScheduleView(
    String name,
    String batch,
    List<String> connections,
    List<String> tables,
    List<String> cron,
    @Nullable String every,
    @Nullable String offset,
    @Nullable String timeZone,
    @Nullable String overlap,
    @Nullable String jitter,
    @Nullable String catchUp,
    @Nullable String start,
    @Nullable String end,
    boolean paused,
    boolean pauseOnFailure,
    @Nullable String note,
    String origin,
    List<Instant> nextTimes,
    long skippedRuns,
    long missedRuns,
    List<Run> runs) {

  /**
   * A run of a schedule.
   *
   * @param scheduledAt when it was due
   * @param startedAt when it started
   * @param endedAt null while it runs, and when Temporal has forgotten it
   * @param status as of a batch; null when Temporal has forgotten the run
   * @param batchId null until a worker took it up, and when the run failed before there was a batch
   * @param error why it failed when there was no batch; null otherwise
   */
  @Schema(name = "ScheduledRun")
  public record Run(
      Instant scheduledAt,
      Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable String status,
      @Nullable String batchId,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ErrorView error) {}

  /** All schedules. */
  @Schema(name = "ScheduleListing")
  public record Listing(List<ScheduleView> schedules) {}

  /**
   * What became of an order to run now.
   *
   * @param batchId the batch that started; null while it waits for another
   * @param waitsFor batches that run and have to end first; empty when one started
   */
  @Schema(name = "ScheduleStarted")
  public record Started(@Nullable String batchId, List<String> waitsFor) {}
}
