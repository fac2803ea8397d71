package dev.tidemark.activities.table;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts the sessions of a copy that was asked to stop and does not: a host that vanished without a
 * word, or somebody's lock, would keep it for as long as the network or the server is patient. What
 * the cut session had not committed is rolled back, and copied again by whoever comes next.
 */
public final class StopDeadline implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(StopDeadline.class);
  private static final Duration LOOK_AROUND = Duration.ofMillis(200);

  /** One thread looks after every copy of the process; cutting may block, and has its own. */
  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tidemark-stop-deadline").factory());

  private static final Executor CUTTING = Thread::startVirtualThread;

  private final BooleanSupplier stop;
  private final Duration patience;
  private final List<Connection> sessions = new CopyOnWriteArrayList<>();
  private final ScheduledFuture<?> look;
  private long askedAt;
  private boolean asked;
  private volatile boolean passed;

  /**
   * Begins to look.
   *
   * @param stop whether the copy was asked to stop
   * @param patience how long it may take over its chunk after that
   */
  public StopDeadline(BooleanSupplier stop, Duration patience) {
    this.stop = stop;
    this.patience = patience;
    this.look =
        TIMER.scheduleWithFixedDelay(
            this::look, LOOK_AROUND.toMillis(), LOOK_AROUND.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Also cuts this session when the time comes. */
  public void watch(Connection session) {
    sessions.add(session);
    if (passed) {
      CUTTING.execute(() -> cut(session));
    }
  }

  /** Whether the sessions were cut. */
  public boolean passed() {
    return passed;
  }

  private void look() {
    if (passed || !stop.getAsBoolean()) {
      return;
    }
    if (!asked) {
      asked = true;
      askedAt = System.nanoTime();
    } else if (System.nanoTime() - askedAt > patience.toNanos()) {
      passed = true;
      sessions.forEach(session -> CUTTING.execute(() -> cut(session)));
    }
  }

  private static void cut(Connection session) {
    try {
      session.abort(CUTTING);
    } catch (SQLException e) {
      log.warn("A session that does not answer could not be cut", e);
    }
  }

  @Override
  public void close() {
    look.cancel(false);
  }
}
