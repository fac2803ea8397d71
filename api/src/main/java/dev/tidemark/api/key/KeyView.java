package dev.tidemark.api.key;

import dev.tidemark.connect.control.ApiKey;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A key as it is listed. */
record KeyView(
    String id,
    String name,
    String role,
    String createdBy,
    Instant createdAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant revokedAt) {

  /** All keys. */
  @Schema(name = "KeyListing")
  record Listing(List<KeyView> keys) {}

  /** A new key; the only answer that ever shows the secret. */
  @Schema(name = "IssuedKey")
  record Issued(String id, String name, String role, String key) {}

  static KeyView of(ApiKey key) {
    return new KeyView(
        key.id(),
        key.name(),
        key.role().name().toLowerCase(Locale.ROOT),
        key.createdBy(),
        key.createdAt(),
        key.lastUsedAt(),
        key.revokedAt());
  }
}
