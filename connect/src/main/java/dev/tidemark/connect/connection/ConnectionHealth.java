package dev.tidemark.connect.connection;

import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.failure.ErrorCode;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a connection found.
 *
 * @param name of the connection
 * @param type as configured
 * @param version what the server says it is; null when it was not reached
 * @param latency of one round trip on an open connection; null when it was not reached
 * @param error what is wrong; null when nothing is
 * @param message the error in words, without secrets
 * @param remedy what to do about it
 */
public record ConnectionHealth(
    String name,
    DatabaseType type,
    @Nullable String version,
    @Nullable Duration latency,
    @Nullable ErrorCode error,
    @Nullable String message,
    @Nullable String remedy) {

  public ConnectionHealth {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }

  public boolean healthy() {
    return error == null;
  }
}
