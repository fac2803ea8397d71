package dev.tidemark.connect.configuration;

import java.time.Duration;
import java.util.Objects;

/**
 * The control database: archive of batches, API keys, idempotency keys.
 *
 * @param connection where it is; always PostgreSQL, its tables lie in the connection's schema
 * @param retention how long closed batches stay in the archive
 */
public record ControlConfiguration(ConnectionConfiguration connection, Duration retention) {

  public static final Duration DEFAULT_RETENTION = Duration.ofDays(30);

  public ControlConfiguration {
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(retention, "retention");
  }
}
