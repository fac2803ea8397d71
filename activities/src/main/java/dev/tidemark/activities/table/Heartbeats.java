package dev.tidemark.activities.table;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.failure.TimeoutFailure;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Heartbeats of one activity on a timer of their own, so that a long chunk does not look dead. They
 * also bring back what the server wants: that the activity stop.
 */
public final class Heartbeats implements AutoCloseable {

  /** Why an activity should leave after its chunk. */
  public enum Order {
    GO_ON,
    /** Its workflow canceled it. */
    CANCEL,
    /**
     * Somebody paused or reset it at the server, its run is over, or the server was out of reach
     * for the time that it waits: end this attempt.
     */
    GIVE_BACK
  }

  private static final Logger log = LoggerFactory.getLogger(Heartbeats.class);
  private static final long PERIOD_MILLIS = 250;

  /** One thread tells the time to every activity of the process. */
  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("tidemark-heartbeat").factory());

  private final ActivityExecutionContext context;
  private final Supplier<?> details;
  private final ScheduledFuture<?> beat;
  private volatile Order order = Order.GO_ON;
  private final AtomicBoolean sending = new AtomicBoolean();
  private volatile boolean done;

  private Heartbeats(ActivityExecutionContext context, Supplier<?> details) {
    this.context = context;
    this.details = details;
    // The first one comes after a period too, so that short work costs the server none.
    this.beat =
        TIMER.scheduleWithFixedDelay(
            this::start, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Starts to send what {@code details} says, until closed. */
  public static Heartbeats start(ActivityExecutionContext context, Supplier<?> details) {
    return new Heartbeats(context, details);
  }

  /** What the server asked for last. */
  public Order order() {
    return order;
  }

  /** The activity's result tells everything; the last details need not be sent. */
  public void done() {
    done = true;
  }

  /** A server that answers slowly must not hold up the heartbeats of others. */
  private void start() {
    if (sending.compareAndSet(false, true)) {
      Thread.startVirtualThread(
          () -> {
            try {
              beat();
            } finally {
              sending.set(false);
            }
          });
    }
  }

  private void beat() {
    ActivityCompletionException answer = send();
    if (answer == null || answer instanceof ActivityWorkerShutdownException) {
      // The worker's own signal says when to leave for a shutdown.
      return;
    }
    if (order == Order.GO_ON) {
      order = order(answer);
      log.info("{} was told to {}", details.get(), order);
    }
  }

  /**
   * The SDK says "canceled" too when no heartbeat got through for so long that the server must have
   * taken the attempt for dead.
   */
  private static Order order(ActivityCompletionException answer) {
    return answer instanceof ActivityCanceledException
            && !(answer.getCause() instanceof TimeoutFailure)
        ? Order.CANCEL
        : Order.GIVE_BACK;
  }

  private @Nullable ActivityCompletionException send() {
    try {
      context.heartbeat(details.get());
      return null;
    } catch (ActivityCompletionException e) {
      return e;
    } catch (RuntimeException e) {
      // The server may be away for a while; the copy goes on, the fence keeps it honest.
      log.debug("heartbeat {} did not arrive", details.get(), e);
      return null;
    }
  }

  /** Ends the timer; unless all is done, the next attempt finds the last details. */
  @Override
  public void close() {
    beat.cancel(false);
    if (done) {
      return;
    }
    ActivityCompletionException ignored = send();
    if (ignored != null) {
      log.debug("last heartbeat: {}", ignored.toString());
    }
  }
}
