package dev.tidemark.workflows.schedule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Input of {@link ScheduledBatchWorkflow}, and so the part of a schedule that Temporal keeps as it
 * was given.
 *
 * @param schedule name of the schedule
 * @param batch name of the batch in the configuration
 * @param connections sources to take; all of the batch when empty
 * @param tables tables to take; all of the batch when empty
 * @param origin who made the schedule
 * @param settings when it runs and how, in the words of the configuration file: texts, flags and
 *     lists of texts. The workflow does not read them; whoever shows or updates the schedule does,
 *     since Temporal keeps no cron texts
 */
public record ScheduledBatchInput(
    String schedule,
    String batch,
    List<String> connections,
    List<String> tables,
    ScheduleOrigin origin,
    Map<String, Object> settings) {

  public ScheduledBatchInput {
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(batch, "batch");
    Objects.requireNonNull(origin, "origin");
    connections = List.copyOf(connections);
    tables = List.copyOf(tables);
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }
}
