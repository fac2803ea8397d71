package dev.tidemark.worker;

import dev.tidemark.workflows.batch.SyncBatchWorkflowImpl;
import dev.tidemark.workflows.letter.RetryLettersWorkflowImpl;
import dev.tidemark.workflows.notification.NotificationTestWorkflowImpl;
import dev.tidemark.workflows.notification.NotificationWorkflowImpl;
import dev.tidemark.workflows.plan.PlanWorkflowImpl;
import dev.tidemark.workflows.retention.ReconcileWorkflowImpl;
import dev.tidemark.workflows.retention.RetentionWorkflowImpl;
import dev.tidemark.workflows.schedule.ScheduledBatchWorkflowImpl;
import dev.tidemark.workflows.table.SyncTableWorkflowImpl;
import dev.tidemark.workflows.verification.VerifyWorkflowImpl;
import io.temporal.activity.ActivityOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkflowImplementationOptions;
import java.util.Map;

/** All workflows and activities, and the queue each is on. */
final class Registrations {

  private Registrations() {}

  /** Workflows and the short steps that they take. */
  static void control(Worker worker, Activities activities, String bulkTaskQueue) {
    worker.registerWorkflowImplementationTypes(
        bulkWorkOn(bulkTaskQueue),
        SyncBatchWorkflowImpl.class,
        SyncTableWorkflowImpl.class,
        VerifyWorkflowImpl.class,
        RetryLettersWorkflowImpl.class);
    worker.registerWorkflowImplementationTypes(
        PlanWorkflowImpl.class,
        RetentionWorkflowImpl.class,
        ReconcileWorkflowImpl.class,
        ScheduledBatchWorkflowImpl.class,
        NotificationWorkflowImpl.class,
        NotificationTestWorkflowImpl.class);
    worker.registerActivitiesImplementations(
        activities.plan(),
        activities.archive(),
        activities.notifications(),
        activities.run(),
        activities.maintenance(),
        activities.schedules(),
        activities.slices(),
        activities.tablePlans());
  }

  /** Whatever moves or compares rows. */
  static void bulk(Worker worker, Activities activities) {
    worker.registerActivitiesImplementations(
        activities.tables(), activities.verifications(), activities.letters());
  }

  /** Activities not named here stay on the queue of their workflow. */
  private static WorkflowImplementationOptions bulkWorkOn(String queue) {
    ActivityOptions bulk = ActivityOptions.newBuilder().setTaskQueue(queue).build();
    return WorkflowImplementationOptions.newBuilder()
        .setActivityOptions(Map.of("SyncTable", bulk, "VerifyTable", bulk, "RetryLetters", bulk))
        .build();
  }
}
