package dev.tidemark.connect.control;

import dev.tidemark.connect.configuration.Role;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key to the API, without its secret.
 *
 * @param id what it is called when it is revoked
 * @param name who uses it
 * @param role what it may do
 * @param createdBy name of the key that created it
 * @param lastUsedAt within a minute; null when it was never used
 * @param revokedAt when it stopped holding; null while it holds
 */
public record ApiKey(
    String id,
    String name,
    Role role,
    String createdBy,
    Instant createdAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant revokedAt) {

  public ApiKey {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(createdBy, "createdBy");
    Objects.requireNonNull(createdAt, "createdAt");
  }
}
