package dev.tidemark.workflows.table;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Copies nothing, but behaves as a copy does: it can be held in the middle, fails as told, and
 * leaves when it is canceled.
 */
public final class FakeTables implements TableActivities, SliceActivities {

  private static final RowCounts COPIED = new RowCounts(10, 7, 2, 1);

  private volatile Duration taking = Duration.ZERO;
  private final Set<String> held = ConcurrentHashMap.newKeySet();
  private final Map<String, ErrorDetail> failing = new ConcurrentHashMap<>();
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();
  private final List<TableTask> started = new ArrayList<>();
  private final Map<String, Integer> running = new HashMap<>();
  private final Map<String, Integer> mostRunning = new HashMap<>();

  /** Every table takes at least this long. */
  public void takes(Duration duration) {
    taking = duration;
  }

  /** The table stays in progress until it is released or canceled. */
  public void hold(String table) {
    held.add(table);
  }

  public boolean holds(String table) {
    return held.contains(table);
  }

  public void release(String table) {
    held.remove(table);
  }

  /** The table fails at its start, or at its end where it has started. */
  public void fail(String table, ErrorDetail error) {
    failing.put(table, error);
  }

  public void mend(String table) {
    failing.remove(table);
  }

  /** Another sync holds the table's slice until it is freed. */
  public void occupy(String table) {
    busy.add(table);
  }

  public void free(String table) {
    busy.remove(table);
  }

  /** Whether the table has looked at its slice and found it held. */
  public boolean waits(String table) {
    return waiting.contains(table);
  }

  @Override
  public void awaitSlice(SliceWait wait) {
    String table = wait.table().table();
    if (busy.contains(table)) {
      waiting.add(table);
      throw ApplicationFailure.newFailure("held by " + wait.slice().holder(), "SLICE_BUSY");
    }
  }

  /** Every start so far, in order. */
  public synchronized List<TableTask> started() {
    return List.copyOf(started);
  }

  public synchronized int starts(String table) {
    return (int) started.stream().filter(task -> task.source().table().equals(table)).count();
  }

  /** Most tables that were in progress at once; of one connection, or of {@code "*"} for all. */
  public synchronized int mostRunning(String connection) {
    return mostRunning.getOrDefault(connection, 0);
  }

  @Override
  public TableResult syncTable(TableTask task) {
    enter(task);
    try {
      return copy(task);
    } finally {
      leave(task);
    }
  }

  private TableResult copy(TableTask task) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    String table = task.source().table();
    failAsTold(table);
    if (busy.contains(table)) {
      BusySlice slice = new BusySlice(task.targetTable(), "", "another batch");
      return new TableResult(false, RowCounts.NONE, 0, slice);
    }
    LockSupport.parkNanos(taking.toNanos());
    while (held.contains(table)) {
      try {
        context.heartbeat(
            new TableHeartbeat(task.source(), "id=5", RowCounts.NONE, 0, 0, 0, 0, null));
      } catch (ActivityCompletionException e) {
        return new TableResult(false, new RowCounts(5, 5, 0, 0), 1);
      }
      LockSupport.parkNanos(5_000_000);
    }
    failAsTold(table);
    return new TableResult(true, COPIED, 0);
  }

  private void failAsTold(String table) {
    ErrorDetail error = failing.get(table);
    if (error != null) {
      throw ApplicationFailure.newNonRetryableFailure(
          error.message(), error.code(), error, new TableResult(false, COPIED, 4));
    }
  }

  private synchronized void enter(TableTask task) {
    started.add(task);
    for (String key : List.of(task.source().connection(), "*")) {
      int now = running.merge(key, 1, Integer::sum);
      mostRunning.merge(key, now, Math::max);
    }
  }

  private synchronized void leave(TableTask task) {
    for (String key : List.of(task.source().connection(), "*")) {
      running.merge(key, -1, Integer::sum);
    }
  }
}
