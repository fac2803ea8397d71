package dev.tidemark.connect.configuration;

import java.time.Duration;

/**
 * How real failures of a table are retried.
 *
 * @param maximumAttempts real failures in a row until a table fails
 * @param initialInterval wait after the first failure
 * @param maximumInterval longest wait
 * @param backoffCoefficient factor from one wait to the next
 */
public record RetryConfiguration(
    int maximumAttempts,
    Duration initialInterval,
    Duration maximumInterval,
    double backoffCoefficient) {

  public static final RetryConfiguration DEFAULT =
      new RetryConfiguration(8, Duration.ofSeconds(1), Duration.ofMinutes(1), 2.0);
}
