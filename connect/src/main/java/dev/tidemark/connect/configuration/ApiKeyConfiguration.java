package dev.tidemark.connect.configuration;

import java.util.Objects;

/**
 * A key to the API that stands in the configuration.
 *
 * @param name who uses it; stands in audit fields
 * @param role what it may do
 * @param key the secret; never printed, hashed before it is kept
 */
public record ApiKeyConfiguration(String name, Role role, String key) {

  public ApiKeyConfiguration {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(key, "key");
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "ApiKeyConfiguration[" + name + ", " + role + "]";
  }
}
