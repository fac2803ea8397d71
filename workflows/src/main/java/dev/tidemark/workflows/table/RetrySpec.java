package dev.tidemark.workflows.table;

import java.time.Duration;
import java.util.Objects;

/**
 * How real failures of a table are retried. Interruptions that are nobody's fault (a worker that
 * stops or dies, a lock that is held) use up none of the attempts.
 *
 * @param maximumAttempts failures in a row, without a chunk committed in between, until the table
 *     fails; at least 1
 * @param initialInterval wait after the first failure
 * @param maximumInterval the wait never grows beyond this
 * @param backoffCoefficient factor from one wait to the next; at least 1
 */
public record RetrySpec(
    int maximumAttempts,
    Duration initialInterval,
    Duration maximumInterval,
    double backoffCoefficient) {

  public static final RetrySpec DEFAULT =
      new RetrySpec(8, Duration.ofSeconds(1), Duration.ofMinutes(1), 2.0);

  public RetrySpec {
    Objects.requireNonNull(initialInterval, "initialInterval");
    Objects.requireNonNull(maximumInterval, "maximumInterval");
    if (maximumAttempts < 1) {
      throw new IllegalArgumentException("maximumAttempts must be at least 1");
    }
    if (initialInterval.isNegative() || initialInterval.isZero()) {
      throw new IllegalArgumentException("initialInterval must be positive");
    }
    if (maximumInterval.compareTo(initialInterval) < 0) {
      throw new IllegalArgumentException("maximumInterval must not be below initialInterval");
    }
    if (!(backoffCoefficient >= 1)) {
      throw new IllegalArgumentException("backoffCoefficient must be at least 1");
    }
  }

  /** The wait after the {@code failures}-th failure in a row, counted from 1. */
  public Duration delayAfter(int failures) {
    double factor = Math.pow(backoffCoefficient, Math.max(0, failures - 1));
    double millis =
        Math.min(initialInterval.toMillis() * factor, (double) maximumInterval.toMillis());
    return Duration.ofMillis((long) millis);
  }
}
