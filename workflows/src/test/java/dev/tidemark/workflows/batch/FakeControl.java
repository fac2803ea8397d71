package dev.tidemark.workflows.batch;

import dev.tidemark.workflows.notification.EndedRun;
import dev.tidemark.workflows.notification.ReceiverActivities;
import dev.tidemark.workflows.notification.Telling;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.TableId;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/** Sources, archive and receivers of notifications, all in memory. */
public final class FakeControl
    implements PlanActivities,
        ArchiveActivities,
        NotificationActivities,
        ReceiverActivities,
        RunActivities {

  private final WorkflowClient client;
  private final Map<String, List<PlannedTable>> sources = new ConcurrentHashMap<>();
  private final Map<String, List<PlannedTable>> lastKnown = new ConcurrentHashMap<>();
  private final Map<String, ErrorDetail> offline = new ConcurrentHashMap<>();
  private final Set<String> held = ConcurrentHashMap.newKeySet();
  private final List<ArchiveInput> archived = new CopyOnWriteArrayList<>();
  private final List<BatchProgress> notified = new CopyOnWriteArrayList<>();
  private final List<String> planned = new CopyOnWriteArrayList<>();
  private final List<EndedRun> told = new CopyOnWriteArrayList<>();
  private final AtomicBoolean archiveDown = new AtomicBoolean();
  private final AtomicBoolean receiverHangs = new AtomicBoolean();
  private final AtomicBoolean archiveHeld = new AtomicBoolean();
  private volatile TableOrder order = TableOrder.NONE;

  public FakeControl(WorkflowClient client) {
    this.client = client;
  }

  public void source(String connection, List<PlannedTable> tables) {
    sources.put(connection, List.copyOf(tables));
    offline.remove(connection);
  }

  public void lastKnown(String connection, List<PlannedTable> tables) {
    lastKnown.put(connection, List.copyOf(tables));
  }

  public void offline(String connection, ErrorDetail error) {
    offline.put(connection, error);
  }

  public void order(TableOrder tables) {
    order = tables;
  }

  /** Planning takes until the source is released. */
  public void holdPlanOf(String connection) {
    held.add(connection);
  }

  public void releasePlanOf(String connection) {
    held.remove(connection);
  }

  public boolean holdsPlans() {
    return !held.isEmpty();
  }

  public void archiveDown() {
    archiveDown.set(true);
  }

  /** A write takes until the archive is released. */
  public void holdArchive() {
    archiveHeld.set(true);
  }

  public void releaseArchive() {
    archiveHeld.set(false);
  }

  public List<ArchiveInput> archived() {
    return List.copyOf(archived);
  }

  public List<BatchProgress> notified() {
    return List.copyOf(notified);
  }

  /** The ends that were told, with the runs whose they are. */
  public List<EndedRun> told() {
    return List.copyOf(told);
  }

  /** Waits until so many ends were told, as a run does not: it closes before. */
  public List<BatchProgress> awaitNotified(int ends) {
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> notified.size() >= ends);
    return notified();
  }

  /** The receiver of notifications takes a message and does not answer. */
  public void receiverHangs(boolean hangs) {
    receiverHangs.set(hangs);
  }

  public List<String> planned() {
    return List.copyOf(planned);
  }

  @Override
  public SourcePlan plan(PlanInput input) {
    planned.add(input.connection());
    while (held.contains(input.connection())) {
      LockSupport.parkNanos(5_000_000);
    }
    ErrorDetail error = offline.get(input.connection());
    if (error != null) {
      throw ApplicationFailure.newNonRetryableFailure(error.message(), error.code(), error);
    }
    return new SourcePlan(
        sources.getOrDefault(input.connection(), List.of()).stream()
            .filter(table -> wanted(input.spec(), table.table()))
            .toList());
  }

  /** As slow as the source of that name. */
  @Override
  public TableOrder order(String target) {
    while (held.contains(target)) {
      LockSupport.parkNanos(5_000_000);
    }
    ErrorDetail error = offline.get(target);
    if (error != null) {
      throw ApplicationFailure.newNonRetryableFailure(error.message(), error.code(), error);
    }
    return order;
  }

  /** Of patterns these tests know but two sorts. */
  private static boolean wanted(BatchSpec spec, TableId table) {
    String alone =
        "\"%s\".\"%s\".\"%s\"".formatted(table.connection(), table.schema(), table.table());
    return spec.tables().contains("*") || spec.tables().contains(alone);
  }

  @Override
  public SourcePlan lastKnownTables(PlanInput input) {
    refuseWhenDown();
    return new SourcePlan(lastKnown.getOrDefault(input.connection(), List.of()));
  }

  @Override
  public void archive(ArchiveInput input) {
    while (archiveHeld.get()) {
      LockSupport.parkNanos(5_000_000);
    }
    refuseWhenDown();
    archived.add(input);
  }

  @Override
  public void batchEnded(BatchProgress progress) {
    notified.add(progress);
  }

  @Override
  public List<String> receivers(EndedRun ended) {
    return List.of("ops");
  }

  @Override
  public void tell(Telling telling) {
    while (receiverHangs.get()) {
      LockSupport.parkNanos(5_000_000);
    }
    told.add(telling.ended());
    notified.add(telling.ended().progress());
  }

  @Override
  public void requestCancel() {
    ActivityInfo info = Activity.getExecutionContext().getInfo();
    WorkflowTargetOptions run =
        WorkflowTargetOptions.newBuilder()
            .setWorkflowId(info.getWorkflowId())
            .setRunId(info.getWorkflowRunId())
            .build();
    client.newUntypedWorkflowStub(run).cancel();
  }

  private void refuseWhenDown() {
    if (archiveDown.get()) {
      throw new IllegalStateException("the control database is down");
    }
  }
}
