package dev.tidemark.worker;

import dev.tidemark.activities.table.StopSignal;
import dev.tidemark.workflows.batch.ArchiveActivities;
import dev.tidemark.workflows.batch.NotificationActivities;
import dev.tidemark.workflows.batch.PlanActivities;
import dev.tidemark.workflows.batch.RunActivities;
import dev.tidemark.workflows.letter.LetterActivities;
import dev.tidemark.workflows.plan.TablePlanActivities;
import dev.tidemark.workflows.retention.ArchiveMaintenanceActivities;
import dev.tidemark.workflows.schedule.ScheduleActivities;
import dev.tidemark.workflows.table.SliceActivities;
import dev.tidemark.workflows.table.TableActivities;
import dev.tidemark.workflows.verification.VerificationActivities;
import io.temporal.client.WorkflowClient;

/** Every activity that a worker hosts. */
public record Activities(
    PlanActivities plan,
    ArchiveActivities archive,
    NotificationActivities notifications,
    RunActivities run,
    ArchiveMaintenanceActivities maintenance,
    ScheduleActivities schedules,
    SliceActivities slices,
    TableActivities tables,
    VerificationActivities verifications,
    LetterActivities letters,
    TablePlanActivities tablePlans) {

  /** Makes the activities of one process. */
  @FunctionalInterface
  public interface Factory {

    /**
     * Makes them once, before the workers start.
     *
     * @param client the process's own connection to Temporal
     * @param stop tells when to finish the chunk in flight and leave
     */
    Activities create(WorkflowClient client, StopSignal stop);
  }
}
