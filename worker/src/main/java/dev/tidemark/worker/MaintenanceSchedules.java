package dev.tidemark.worker;

import dev.tidemark.workflows.retention.ReconcileWorkflow;
import dev.tidemark.workflows.retention.RetentionWorkflow;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleUpdate;
import java.time.Duration;
import java.util.List;

/** Recurring work. */
final class MaintenanceSchedules {

  static final String RETENTION = "tidemark-retention";
  static final String RECONCILE = "tidemark-reconcile";

  private MaintenanceSchedules() {}

  /** Makes the schedules, or brings those that exist up to date; one that is paused stays so. */
  static void ensure(ScheduleClient client, String taskQueue) {
    ensure(client, RETENTION, RetentionWorkflow.class, Duration.ofDays(1), taskQueue);
    ensure(client, RECONCILE, ReconcileWorkflow.class, Duration.ofMinutes(5), taskQueue);
  }

  private static void ensure(
      ScheduleClient client, String id, Class<?> workflow, Duration every, String taskQueue) {
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
  }
}
