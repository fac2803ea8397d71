package dev.tidemark.connect.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.configuration.ConnectionLimits;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** With a clock that only waiting moves. */
class RateLimitTest {

  private static final long START = Duration.ofDays(1).toNanos();

  private final AtomicLong now = new AtomicLong(START);
  private final TimeMeter clock =
      new TimeMeter() {
        @Override
        public long currentTimeNanos() {
          return now.get();
        }

        @Override
        public boolean isWallClockBased() {
          return false;
        }
      };

  private RateLimit limit(long rows, long bytes) {
    return new RateLimit(new ConnectionLimits(rows, bytes), clock, now::addAndGet);
  }

  private double seconds() {
    return (now.get() - START) / 1e9;
  }

  private static void pass(RateLimit limit, long rows, long bytes) {
    limit.passed(rows, bytes, () -> false);
  }

  @Test
  void letsAThousandRowsASecondPassWhateverTheirPieces() {
    RateLimit limit = limit(1_000, 0);
    for (int i = 0; i < 100; i++) {
      pass(limit, 10 + 2 * i, 1 << 20);
    }
    // 10,900 rows, of which the first 1,000 were free.
    assertThat(seconds()).isBetween(9.89, 9.91);
  }

  @Test
  void waitsForWhicheverLimitIsReached() {
    RateLimit limit = limit(1_000, 50_000);
    pass(limit, 1, 150_000);
    assertThat(seconds()).isBetween(1.99, 2.01);
    pass(limit, 3_000, 1);
    assertThat(seconds()).as("no more than a second's worth was saved up").isBetween(3.99, 4.01);
  }

  /** Whoever comes next waits for what the one before took too much. */
  @Test
  void whatOneTakesAllWaitFor() {
    RateLimit limit = limit(100, 0);
    limit.passed(1_100, 0, () -> true);
    assertThat(seconds()).as("was told to stop").isZero();
    pass(limit, 1, 0);
    assertThat(seconds()).isBetween(10.0, 10.02);
  }

  @Test
  void aStopEndsTheWaitSoon() {
    RateLimit limit = limit(1, 0);
    limit.passed(1_000_000, 0, () -> seconds() >= 5);
    assertThat(seconds()).isBetween(5.0, 5.2);
  }

  @Test
  void anInterruptEndsTheWaitAndStays() {
    RateLimit limit = limit(1, 0);
    Thread.currentThread().interrupt();
    pass(limit, 1_000, 0);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(seconds()).isZero();
  }

  @Test
  void withoutLimitsNothingWaits() {
    RateLimit limit = limit(0, 0);
    pass(limit, Long.MAX_VALUE, Long.MAX_VALUE);
    assertThat(seconds()).isZero();
    assertThat(limit.limits()).isFalse();
    assertThat(limit.rowsAtOnce(5_000)).isEqualTo(5_000);
  }

  @Test
  void asksForWhatMayPassInASecond() {
    assertThat(limit(300, 0).rowsAtOnce(5_000)).isEqualTo(300);
    assertThat(limit(300, 0).rowsASecond()).isEqualTo(300);
    assertThat(limit(0, 10_000).rowsASecond()).isEqualTo(Integer.MAX_VALUE);
    assertThat(limit(30_000, 0).rowsAtOnce(5_000)).isEqualTo(5_000);
    assertThat(limit(0, 200_000).rowsAtOnce(5_000)).isEqualTo(200);
    assertThat(limit(0, 10_000).rowsAtOnce(5_000)).isEqualTo(50);
    assertThat(limit(20, 10_000).rowsAtOnce(5_000)).isEqualTo(20);
  }
}
