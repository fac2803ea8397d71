package dev.tidemark.api.connection;

import dev.tidemark.api.table.ErrorView;
import dev.tidemark.connect.connection.ConnectionHealth;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection and how it is.
 *
 * @param type {@code postgresql}, {@code mysql} or {@code mariadb}
 * @param version what the server says it is; null when it was not reached
 * @param latencyMs one round trip in milliseconds; null when it was not reached
 */
record ConnectionView(
    String name,
    String type,
    boolean healthy,
    @Nullable String version,
    @Nullable Double latencyMs,
    @Nullable ErrorView error) {

  /** All connections. */
  @Schema(name = "ConnectionListing")
  record Listing(List<ConnectionView> connections) {}

  static ConnectionView of(ConnectionHealth health) {
    ErrorView error =
        health.error() == null
            ? null
            : new ErrorView(
                health.error().name(),
                Objects.requireNonNullElse(health.message(), ""),
                Objects.requireNonNullElse(health.remedy(), ""));
    return new ConnectionView(
        health.name(),
        health.type().name().toLowerCase(Locale.ROOT),
        health.healthy(),
        health.version(),
        health.latency() == null
            ? null
            : Math.round(health.latency().toNanos() / 1_000.0) / 1_000.0,
        error);
  }
}
