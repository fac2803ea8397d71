package dev.tidemark.specs.schedule;

import dev.tidemark.connect.configuration.Overlap;
import dev.tidemark.connect.configuration.ScheduleConfiguration;
import dev.tidemark.workflows.SearchAttributes;
import dev.tidemark.workflows.schedule.ScheduledBatchInput;
import dev.tidemark.workflows.schedule.ScheduledBatchWorkflow;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleState;
import io.temporal.common.converter.DataConverterException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A schedule in Temporal's words. */
public final class TemporalSchedule {

  private static final String WORKFLOW_TYPE = ScheduledBatchWorkflow.class.getSimpleName();

  private TemporalSchedule() {}

  static Schedule of(
      ScheduleConfiguration configuration, ScheduledBatchInput input, String taskQueue) {
    return Schedule.newBuilder()
        .setAction(
            ScheduleActionStartWorkflow.newBuilder()
                .setWorkflowType(ScheduledBatchWorkflow.class)
                .setArguments(input)
                .setOptions(options(input, taskQueue))
                .build())
        .setSpec(times(configuration))
        .setPolicy(
            SchedulePolicy.newBuilder()
                .setOverlap(policy(configuration.overlap()))
                .setCatchupWindow(configuration.catchUp())
                .setPauseOnFailure(configuration.pauseOnFailure())
                .build())
        .setState(
            ScheduleState.newBuilder()
                .setPaused(configuration.paused())
                .setNote(Objects.requireNonNullElse(configuration.note(), ""))
                .build())
        .build();
  }

  private static WorkflowOptions options(ScheduledBatchInput input, String taskQueue) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(Schedules.id(input.schedule()))
        .setTaskQueue(taskQueue)
        .setStaticSummary("schedule " + input.schedule() + ": batch " + input.batch())
        // The SDK cannot describe a schedule that has a summary and no details.
        .setStaticDetails("Starts batch **%s** and lasts as long.".formatted(input.batch()))
        .setTypedSearchAttributes(
            io.temporal.common.SearchAttributes.newBuilder()
                .set(SearchAttributes.KIND, "schedule")
                .set(SearchAttributes.STATUS, "running")
                .set(SearchAttributes.BATCH, input.batch())
                .build())
        .build();
  }

  private static ScheduleSpec times(ScheduleConfiguration configuration) {
    ScheduleSpec.Builder spec =
        ScheduleSpec.newBuilder()
            .setCronExpressions(configuration.cron())
            .setTimeZoneName(configuration.timeZone().getId());
    Duration every = configuration.every();
    if (every != null) {
      spec.setIntervals(List.of(new ScheduleIntervalSpec(every, configuration.offset())));
    }
    if (configuration.jitter() != null) {
      spec.setJitter(configuration.jitter());
    }
    if (configuration.start() != null) {
      spec.setStartAt(configuration.start());
    }
    if (configuration.end() != null) {
      spec.setEndAt(configuration.end());
    }
    return spec.build();
  }

  /** What becomes of a run that is due while the one before still runs. */
  public static ScheduleOverlapPolicy policy(Overlap overlap) {
    return switch (overlap) {
      case SKIP -> ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP;
      case BUFFER_ONE -> ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_BUFFER_ONE;
      case BUFFER_ALL -> ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_BUFFER_ALL;
      case CANCEL_OTHER -> ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_CANCEL_OTHER;
      case TERMINATE_OTHER -> ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_TERMINATE_OTHER;
      case ALLOW_ALL -> ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_ALLOW_ALL;
    };
  }

  /** What a schedule was made of; empty when Tidemark did not make it. */
  static Optional<ScheduledBatchInput> input(Schedule schedule) {
    if (!(schedule.getAction() instanceof ScheduleActionStartWorkflow start)
        || !start.getWorkflowType().equals(WORKFLOW_TYPE)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(start.getArguments().get(0, ScheduledBatchInput.class));
    } catch (DataConverterException e) {
      return Optional.empty();
    }
  }

  /** The queue of the workers that run what is due; empty where that cannot be told. */
  static String taskQueue(Schedule schedule) {
    return schedule.getAction() instanceof ScheduleActionStartWorkflow start
        ? Objects.requireNonNullElse(start.getOptions().getTaskQueue(), "")
        : "";
  }
}
