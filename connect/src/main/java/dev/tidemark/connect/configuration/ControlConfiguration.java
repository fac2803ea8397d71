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

  /** A database {@code tidemark} on this machine, where the configuration names none. */
  public static final ControlConfiguration DEFAULT =
      new ControlConfiguration(
          new ConnectionConfiguration(
              "control",
              DatabaseType.POSTGRESQL,
              "jdbc:postgresql://127.0.0.1:5432/tidemark",
              "tidemark",
              null,
              "public",
              ConnectionConfiguration.DEFAULT_POOL_SIZE,
              false),
          DEFAULT_RETENTION);

  public ControlConfiguration {
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(retention, "retention");
  }
}
