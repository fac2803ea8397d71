package dev.tidemark.activities.table;

import dev.tidemark.connect.checkpoint.Owner;
import dev.tidemark.connect.checkpoint.SliceKey;
import dev.tidemark.connect.checkpoint.Slices;
import dev.tidemark.connect.connection.Connections;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.workflows.table.SliceActivities;
import dev.tidemark.workflows.table.SliceWait;
import dev.tidemark.workflows.table.TableHeartbeat;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether slices are free. */
public final class SliceActivitiesImpl implements SliceActivities {

  private static final Logger log = LoggerFactory.getLogger(SliceActivitiesImpl.class);

  private static final Duration TURN = Duration.ofSeconds(20);

  private final Connections connections;
  private final TemporalOwners owners;

  /** One look at a connection at a time: many may wait, and none has a seat for its session. */
  private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();

  public SliceActivitiesImpl(Connections connections, TemporalOwners owners) {
    this.connections = connections;
    this.owners = owners;
  }

  @Override
  public void awaitSlice(SliceWait wait) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    Optional<String> holder;
    try {
      holder = inTurn(wait, owners.ownerOf(context.getInfo()));
    } catch (SQLException | SyncException e) {
      log.warn("{} no longer waits for its slice: the look at it failed", wait.table(), e);
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      holder = Optional.of(wait.slice().holder());
    }
    if (holder.isPresent()) {
      SliceKey slice = slice(wait);
      String held = slice + " is held by " + holder.get();
      context.heartbeat(heartbeat(wait, held));
      throw ActivityFailures.of(
          new SyncException(ErrorCode.SLICE_BUSY, held, Failures.remedy(ErrorCode.SLICE_BUSY)));
    }
  }

  private Optional<String> inTurn(SliceWait wait, Owner self)
      throws SQLException, InterruptedException {
    Semaphore turn =
        turns.computeIfAbsent(wait.targetConnection(), ignored -> new Semaphore(1, true));
    if (!turn.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
      return Optional.of(wait.slice().holder());
    }
    try {
      return holder(wait, self);
    } finally {
      turn.release();
    }
  }

  private Optional<String> holder(SliceWait wait, Owner self) throws SQLException {
    Slices slices = new Slices(connections.configuration(wait.targetConnection()), owners);
    try (Connection session = connections.open(wait.targetConnection())) {
      session.setAutoCommit(false);
      try {
        return slices.holder(session, slice(wait), self);
      } finally {
        session.rollback();
        session.setAutoCommit(true);
      }
    }
  }

  private static SliceKey slice(SliceWait wait) {
    return new SliceKey(wait.slice().table(), wait.slice().slice());
  }

  private static TableHeartbeat heartbeat(SliceWait wait, String held) {
    return new TableHeartbeat(
        wait.table(),
        null,
        wait.reached().counts(),
        wait.estimatedRows(),
        0,
        0,
        wait.reached().retries(),
        held);
  }
}
