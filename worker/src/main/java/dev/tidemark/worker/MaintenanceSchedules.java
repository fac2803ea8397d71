package dev.tidemark.worker;

import dev.tidemark.specs.schedule.Schedules;
import dev.tidemark.workflows.retention.ReconcileWorkflow;
import dev.tidemark.workflows.retention.RetentionWorkflow;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Recurring work. Each control queue has its own: two Tidemarks may share a namespace, and each has
 * an archive to keep.
 */
final class MaintenanceSchedules {

  /** What the ids begin with; before there was a queue in them, it was the whole. */
  static final String RETENTION = "tidemark-retention";

  static final String RECONCILE = "tidemark-reconcile";

  private final ScheduleClient client;
  private final String taskQueue;

  private MaintenanceSchedules(ScheduleClient client, String taskQueue) {
    this.client = client;
    this.taskQueue = taskQueue;
  }

  /** Makes the schedules, or brings those that exist up to date; one that is paused stays so. */
  static void ensure(ScheduleClient client, String taskQueue) {
    MaintenanceSchedules schedules = new MaintenanceSchedules(client, taskQueue);
    schedules.ensure(RETENTION, RetentionWorkflow.class, Duration.ofDays(1));
    schedules.ensure(RECONCILE, ReconcileWorkflow.class, Duration.ofMinutes(5));
  }

  /** The id in Temporal. */
  static String id(String name, String taskQueue) {
    return name + ":" + taskQueue;
  }

  private void ensure(String name, Class<?> workflow, Duration every) {
    String id = id(name, taskQueue);
    Optional<Schedule> old = withoutQueue(name);
    Schedule schedule =
        Schedule.newBuilder()
            .setAction(
                ScheduleActionStartWorkflow.newBuilder()
                    .setWorkflowType(workflow)
                    .setOptions(
                        WorkflowOptions.newBuilder()
                            .setWorkflowId(id)
                            .setTaskQueue(taskQueue)
                            .setWorkflowExecutionTimeout(Duration.ofHours(1))
                            .build())
                    .build())
            .setSpec(
                ScheduleSpec.newBuilder()
                    .setIntervals(List.of(new ScheduleIntervalSpec(every)))
                    .build())
            .setPolicy(
                SchedulePolicy.newBuilder()
                    .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                    .setCatchupWindow(Duration.ofMinutes(5))
                    .build())
            .setState(old.map(Schedule::getState).orElse(null))
            .build();
    try {
      var ignored = client.createSchedule(id, schedule, ScheduleOptions.newBuilder().build());
    } catch (ScheduleAlreadyRunningException e) {
      client
          .getHandle(id)
          .update(
              existing ->
                  new ScheduleUpdate(
                      Schedule.newBuilder(schedule)
                          .setState(existing.getDescription().getSchedule().getState())
                          .build()));
    }
    if (old.isPresent()) {
      deleteOld(name);
    }
  }

  /** What an earlier version made for workers on this queue. */
  private Optional<Schedule> withoutQueue(String name) {
    try {
      return Optional.of(client.getHandle(name).describe().getSchedule())
          .filter(
              schedule ->
                  schedule.getAction() instanceof ScheduleActionStartWorkflow start
                      && taskQueue.equals(start.getOptions().getTaskQueue()));
    } catch (ScheduleException e) {
      if (Schedules.isNotFound(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void deleteOld(String name) {
    try {
      client.getHandle(name).delete();
    } catch (ScheduleException e) {
      // Another worker that starts now was quicker.
      if (!Schedules.isNotFound(e)) {
        throw e;
      }
    }
  }
}
