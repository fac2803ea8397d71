package dev.tidemark.api.schedule;

import dev.tidemark.workflows.schedule.ScheduledBatchInput;
import io.temporal.client.schedules.ScheduleActionResult;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleInfo;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows schedules. */
@Component
final class ScheduleViews {

  private final ScheduledRuns runs;

  ScheduleViews(ScheduledRuns runs) {
    this.runs = runs;
  }

  /**
   * A schedule as it stands.
   *
   * @param mostRuns how many of its runs to look up
   */
  ScheduleView view(ScheduleDescription description, ScheduledBatchInput input, int mostRuns) {
    ScheduleInfo info = description.getInfo();
    var state = description.getSchedule().getState();
    String note = state == null ? "" : state.getNote();
    return new ScheduleView(
        input.schedule(),
        input.batch(),
        input.connections(),
        input.tables(),
        texts(input),
        text(input, "every"),
        text(input, "offset"),
        text(input, "time-zone"),
        text(input, "overlap"),
        text(input, "jitter"),
        text(input, "catch-up"),
        text(input, "start"),
        text(input, "end"),
        state != null && state.isPaused(),
        Boolean.TRUE.equals(input.settings().get("pause-on-failure")),
        note.isEmpty() ? null : note,
        input.origin().name().toLowerCase(Locale.ROOT),
        info.getNextActionTimes(),
        info.getNumActionsSkippedOverlap(),
        info.getNumActionsMissedCatchupWindow(),
        newest(info.getRecentActions(), mostRuns));
  }

  private List<ScheduleView.Run> newest(List<ScheduleActionResult> actions, int most) {
    return actions.reversed().stream().limit(most).map(runs::view).toList();
  }

  private static List<String> texts(ScheduledBatchInput input) {
    return input.settings().get("cron") instanceof List<?> texts
        ? texts.stream().map(String::valueOf).toList()
        : List.of();
  }

  private static @Nullable String text(ScheduledBatchInput input, String key) {
    Object text = input.settings().get(key);
    return text == null ? null : text.toString();
  }
}
