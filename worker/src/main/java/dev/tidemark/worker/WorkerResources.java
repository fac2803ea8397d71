package dev.tidemark.worker;

import dev.tidemark.activities.batch.ArchiveActivitiesImpl;
import dev.tidemark.activities.batch.NotificationActivitiesImpl;
import dev.tidemark.activities.batch.PlanActivitiesImpl;
import dev.tidemark.activities.batch.RunActivitiesImpl;
import dev.tidemark.activities.letter.LetterActivitiesImpl;
import dev.tidemark.activities.plan.TablePlanActivitiesImpl;
import dev.tidemark.activities.retention.ArchiveMaintenanceActivitiesImpl;
import dev.tidemark.activities.schedule.ScheduleActivitiesImpl;
import dev.tidemark.activities.table.SliceActivitiesImpl;
import dev.tidemark.activities.table.StopSignal;
import dev.tidemark.activities.table.TableActivitiesImpl;
import dev.tidemark.activities.table.TemporalOwners;
import dev.tidemark.activities.verification.VerificationActivitiesImpl;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.control.ControlDatabase;
import io.temporal.client.WorkflowClient;
import java.time.Clock;

/** The databases that a worker's activities use, and the activities on them. */
final class WorkerResources implements Activities.Factory, AutoCloseable {

  private final TidemarkConfiguration configuration;
  private final Connections connections;
  private final ControlDatabase control;

  WorkerResources(TidemarkConfiguration configuration) {
    this.configuration = configuration;
    this.connections = new Connections(configuration.connections().values());
    // A worker that comes back goes on copying at once; it archives a little later.
    this.control = ControlDatabase.openLater(configuration.control());
  }

  @Override
  public Activities create(WorkflowClient client, StopSignal stop) {
    ArchiveActivitiesImpl archive = new ArchiveActivitiesImpl(control.batches());
    TemporalOwners owners =
        new TemporalOwners(client.getWorkflowServiceStubs(), client.getOptions().getNamespace());
    return new Activities(
        new PlanActivitiesImpl(connections),
        archive,
        new NotificationActivitiesImpl(configuration.notifications(), control.notifications()),
        new RunActivitiesImpl(client),
        new ArchiveMaintenanceActivitiesImpl(
            control.batches(),
            control.notifications(),
            archive,
            client,
            configuration.control().retention(),
            Clock.systemUTC()),
        new ScheduleActivitiesImpl(configuration.batches()),
        new SliceActivitiesImpl(connections, owners),
        new TableActivitiesImpl(connections, owners, stop),
        new VerificationActivitiesImpl(connections, stop),
        new LetterActivitiesImpl(connections, owners, stop),
        new TablePlanActivitiesImpl(connections, control.batches()));
  }

  @Override
  public void close() {
    connections.close();
    control.close();
  }
}
