package dev.tidemark.cli.client;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key to the API.
 *
 * @param key the secret itself; told once, when it is created
 */
public record KeyState(
    String id,
    String name,
    String role,
    @Nullable String key,
    @Nullable Instant createdAt,
    @Nullable Instant lastUsedAt) {

  public KeyState {
    Objects.requireNonNull(id, "id");
    name = Objects.requireNonNullElse(name, "");
    role = Objects.requireNonNullElse(role, "");
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "KeyState[" + id + ", " + name + ", " + role + "]";
  }
}
