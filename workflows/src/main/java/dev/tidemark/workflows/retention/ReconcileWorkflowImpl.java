package dev.tidemark.workflows.retention;

import io.temporal.workflow.Workflow;

/** One step; the schedule is what makes it recur. */
public class ReconcileWorkflowImpl implements ReconcileWorkflow {

  private final ArchiveMaintenanceActivities archive =
      Workflow.newActivityStub(ArchiveMaintenanceActivities.class, MaintenanceOptions.ACTIVITY);

  @Override
  public int run() {
    return archive.reconcile();
  }
}
