package dev.tidemark.cli.client;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A connection and its health, as the API tells it. */
public record ConnectionState(
    String name,
    String type,
    boolean healthy,
    @Nullable String version,
    @Nullable Double latencyMs,
    @Nullable SyncError error) {

  public ConnectionState {
    Objects.requireNonNull(name, "name");
    type = Objects.requireNonNullElse(type, "");
  }
}
