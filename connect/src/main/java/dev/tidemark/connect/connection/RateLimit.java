package dev.tidemark.connect.connection;

import dev.tidemark.connect.configuration.ConnectionLimits;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds the sessions of a process that share a connection below its limits. What passes is counted
 * when it has passed; whoever took more than there was waits until that is made up for, and so do
 * all that come meanwhile. A second's worth may pass at once after a pause.
 */
public final class RateLimit {

  /** A stop is seen this soon. */
  private static final long LOOK_AROUND = Duration.ofMillis(100).toNanos();

  /** Until they are read nobody knows how wide rows are. */
  private static final long BYTES_A_ROW = 1_000;

  private static final int FEWEST_ROWS = 50;

  private final ConnectionLimits limits;
  private final @Nullable Bucket rows;
  private final @Nullable Bucket bytes;
  private final LongConsumer park;

  /** Limits of the real time. */
  public RateLimit(ConnectionLimits limits) {
    this(limits, TimeMeter.SYSTEM_NANOTIME, LockSupport::parkNanos);
  }

  /**
   * Limits of another time.
   *
   * @param park waits so many nanoseconds, or less
   */
  RateLimit(ConnectionLimits limits, TimeMeter clock, LongConsumer park) {
    this.limits = limits;
    this.rows = bucket(limits.rowsPerSecond(), clock);
    this.bytes = bucket(limits.bytesPerSecond(), clock);
    this.park = park;
  }

  private static @Nullable Bucket bucket(long perSecond, TimeMeter clock) {
    return perSecond == 0
        ? null
        : Bucket.builder()
            .addLimit(
                limit -> limit.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
            .withCustomTimePrecision(clock)
            .build();
  }

  /** Whether there is anything to wait for. */
  public boolean limits() {
    return rows != null || bytes != null;
  }

  /** How many rows may pass in a second, however narrow they are. */
  public int rowsASecond() {
    return rows == null ? Integer.MAX_VALUE : (int) limits.rowsPerSecond();
  }

  /**
   * How many rows of unknown width to ask for at once, so that they pass in about a second; never
   * more than these.
   */
  public int rowsAtOnce(int most) {
    int fewer = Math.min(most, rowsASecond());
    return bytes == null
        ? fewer
        : (int) Math.min(fewer, Math.max(FEWEST_ROWS, limits.bytesPerSecond() / BYTES_A_ROW));
  }

  /**
   * Counts what has passed, and waits until more may. Returns early when the thread is interrupted.
   *
   * @param giveUp asked while waiting; whoever is told to stop waits no more
   */
  public void passed(long someRows, long someBytes, BooleanSupplier giveUp) {
    long wait = Math.max(spend(rows, someRows), spend(bytes, someBytes));
    while (wait > 0 && !giveUp.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
      long now = Math.min(wait, LOOK_AROUND);
      park.accept(now);
      wait -= now;
    }
  }

  private static long spend(@Nullable Bucket bucket, long amount) {
    return bucket == null || amount == 0 ? 0 : bucket.consumeIgnoringRateLimits(amount);
  }
}
