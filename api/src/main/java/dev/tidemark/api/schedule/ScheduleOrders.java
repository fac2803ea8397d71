package dev.tidemark.api.schedule;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Bodies of orders to a schedule. */
final class ScheduleOrders {

  private static final String OVERLAPS =
      "As overlap of the schedule; the schedule's own when left out.";

  private ScheduleOrders() {}

  /**
   * To pause or to resume.
   *
   * @param note why, for people; at most 800 characters
   */
  @Schema(name = "ScheduleNote")
  record Note(@Nullable String note) {}

  /** To run now. */
  @Schema(name = "ScheduleRunNow")
  record Run(@Schema(description = OVERLAPS) @Nullable String overlap) {}

  /**
   * To run what was due in the past.
   *
   * @param from the first instant, in ISO 8601
   * @param to the last instant, in ISO 8601
   */
  @Schema(
      name = "ScheduleBackfill",
      example =
          "{\"from\": \"2026-11-01T00:00:00Z\", \"to\": \"2026-11-08T00:00:00Z\", \"overlap\":"
              + " \"buffer-all\"}")
  record Backfill(
      @Nullable String from,
      @Nullable String to,
      @Schema(description = OVERLAPS) @Nullable String overlap) {}
}
