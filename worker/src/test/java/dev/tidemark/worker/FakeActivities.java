package dev.tidemark.worker;

import dev.tidemark.activities.batch.RunActivitiesImpl;
import dev.tidemark.activities.schedule.ScheduleActivitiesImpl;
import dev.tidemark.activities.table.StopSignal;
import dev.tidemark.connect.configuration.BatchConfiguration;
import dev.tidemark.workflows.batch.ArchiveActivities;
import dev.tidemark.workflows.batch.ArchiveInput;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.NotificationActivities;
import dev.tidemark.workflows.batch.PlanActivities;
import dev.tidemark.workflows.batch.PlanInput;
import dev.tidemark.workflows.batch.PlannedTable;
import dev.tidemark.workflows.batch.SourcePlan;
import dev.tidemark.workflows.batch.TableOrder;
import dev.tidemark.workflows.letter.LetterResult;
import dev.tidemark.workflows.notification.EndedRun;
import dev.tidemark.workflows.notification.ReceiverActivities;
import dev.tidemark.workflows.notification.Telling;
import dev.tidemark.workflows.plan.TablePlans;
import dev.tidemark.workflows.retention.ArchiveMaintenanceActivities;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.TableActivities;
import dev.tidemark.workflows.table.TableHeartbeat;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableResult;
import dev.tidemark.workflows.table.TableTask;
import dev.tidemark.workflows.verification.Findings;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.WorkflowClient;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** A source of {@code t0}, {@code t1}, … whose tables can be held in the middle. */
final class FakeActivities implements Activities.Factory {

  final Set<String> held = ConcurrentHashMap.newKeySet();

  /** Tables that meet a passing error after they were asked to stop. */
  final Set<String> failing = ConcurrentHashMap.newKeySet();

  final List<BatchProgress> notified = new CopyOnWriteArrayList<>();
  final List<ArchiveInput> archived = new CopyOnWriteArrayList<>();
  final Set<String> bulkQueues = ConcurrentHashMap.newKeySet();
  final List<String> givenBack = new CopyOnWriteArrayList<>();
  private final int tables;

  private final Map<String, BatchConfiguration> batches;

  FakeActivities(int tables) {
    this(tables, Map.of());
  }

  /**
   * @param batches what schedules may start
   */
  FakeActivities(int tables, Map<String, BatchConfiguration> batches) {
    this.tables = tables;
    this.batches = batches;
  }

  @Override
  public Activities create(WorkflowClient client, StopSignal stop) {
    return new Activities(
        new Plan(),
        new Archive(),
        new Notifications(),
        new RunActivitiesImpl(client),
        new Maintenance(),
        new ScheduleActivitiesImpl(batches),
        wait -> {},
        new Tables(stop),
        task -> Findings.NONE,
        task -> LetterResult.NONE,
        asked -> new TablePlans(List.of()));
  }

  private final class Plan implements PlanActivities {

    @Override
    public TableOrder order(String target) {
      return TableOrder.NONE;
    }

    @Override
    public SourcePlan plan(PlanInput input) {
      return new SourcePlan(
          IntStream.range(0, tables)
              .mapToObj(
                  index ->
                      new PlannedTable(
                          new TableId(input.connection(), "public", "t" + index),
                          "t" + index,
                          1000L - index,
                          null))
              .toList());
    }
  }

  private final class Archive implements ArchiveActivities {

    @Override
    public SourcePlan lastKnownTables(PlanInput input) {
      return new SourcePlan(List.of());
    }

    @Override
    public void archive(ArchiveInput input) {
      archived.add(input);
    }
  }

  private final class Notifications implements NotificationActivities, ReceiverActivities {

    @Override
    public List<String> receivers(EndedRun ended) {
      return List.of("ops");
    }

    @Override
    public void tell(Telling telling) {
      notified.add(telling.ended().progress());
    }

    @Override
    public void batchEnded(BatchProgress progress) {
      notified.add(progress);
    }
  }

  private static final class Maintenance implements ArchiveMaintenanceActivities {

    @Override
    public int deleteExpired() {
      return 0;
    }

    @Override
    public int reconcile() {
      return 0;
    }
  }

  private final class Tables implements TableActivities {

    private final StopSignal stop;

    Tables(StopSignal stop) {
      this.stop = stop;
    }

    @Override
    public TableResult syncTable(TableTask task) {
      ActivityExecutionContext context = Activity.getExecutionContext();
      bulkQueues.add(context.getInfo().getActivityTaskQueue());
      while (held.contains(task.source().table())) {
        if (stop.stopping()) {
          givenBack.add(task.source().table());
          throw ApplicationFailure.newBuilder()
              .setType("GIVEN_BACK")
              .setMessage("given back")
              .setNextRetryDelay(Duration.ofMillis(1))
              .build();
        }
        try {
          context.heartbeat(
              new TableHeartbeat(task.source(), "id=5", RowCounts.NONE, 0, 0, 0, 0, null));
        } catch (ActivityCanceledException e) {
          if (failing.contains(task.source().table())) {
            throw new IllegalStateException("the connection was lost");
          }
          return new TableResult(false, new RowCounts(5, 5, 0, 0), 0);
        }
        LockSupport.parkNanos(20_000_000);
      }
      return new TableResult(true, new RowCounts(10, 10, 0, 0), 0);
    }
  }
}
