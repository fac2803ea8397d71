package dev.tidemark.connect.control;

import static dev.tidemark.connect.control.generated.Tables.API_KEYS;

import dev.tidemark.connect.configuration.Role;
import dev.tidemark.connect.control.generated.tables.records.ApiKeysRecord;
import dev.tidemark.connect.failure.SyncException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jooq.DSLContext;

/**
 * Keys to the API, stored as hashes.
 *
 * <p>A key that was found is remembered: for {@link ApiKeyCache#FRESH} without asking again, and
 * for {@link ApiKeyCache#STALE} while the control database is away. So a key revoked by another
 * process may hold that long.
 */
public final class ApiKeys {

  private final ControlAccess access;
  private final Clock clock;
  private final ApiKeyCache cache;

  ApiKeys(ControlAccess access, Clock clock) {
    this.access = access;
    this.clock = clock;
    this.cache = new ApiKeyCache(clock);
  }

  /** Creates a key. */
  public IssuedKey create(String name, Role role, String createdBy) {
    String secret = ApiKeySecrets.create();
    ApiKey key = new ApiKey(ApiKeySecrets.createId(), name, role, createdBy, now(), null, null);
    access.run(
        "creating API key " + name,
        database ->
            database
                .insertInto(API_KEYS)
                .set(API_KEYS.ID, key.id())
                .set(API_KEYS.NAME, key.name())
                .set(API_KEYS.ROLE, key.role().name().toLowerCase(Locale.ROOT))
                .set(API_KEYS.HASH, KeyHash.of(secret).bytes())
                .set(API_KEYS.CREATED_BY, key.createdBy())
                .set(API_KEYS.CREATED_AT, key.createdAt())
                .execute());
    return new IssuedKey(key, secret);
  }

  /** All keys, revoked ones too, oldest first. */
  public List<ApiKey> list() {
    return access.call(
        "listing API keys",
        database ->
            database
                .selectFrom(API_KEYS)
                .orderBy(API_KEYS.CREATED_AT, API_KEYS.ID)
                .fetch(ApiKeys::key));
  }

  /**
   * Ends a key.
   *
   * @return false when no key of this id holds
   */
  public boolean revoke(String id) {
    cache.forget(id);
    boolean revoked =
        access.call(
            "revoking API key " + id,
            database ->
                database
                        .update(API_KEYS)
                        .set(API_KEYS.REVOKED_AT, now())
                        .where(API_KEYS.ID.eq(id))
                        .and(API_KEYS.REVOKED_AT.isNull())
                        .execute()
                    > 0);
    cache.forget(id);
    return revoked;
  }

  /**
   * The key that this secret belongs to; none when it is unknown or revoked.
   *
   * @throws SyncException when the control database cannot be reached and the key is not remembered
   */
  public Optional<ApiKey> authenticate(String secret) {
    if (!ApiKeySecrets.hasShape(secret)) {
      return Optional.empty();
    }
    KeyHash hash = KeyHash.of(secret);
    Optional<ApiKey> fresh = cache.fresh(hash);
    if (fresh.isPresent()) {
      return fresh;
    }
    try {
      Optional<ApiKey> found =
          access.call("looking up an API key", database -> use(database, hash));
      cache.remember(hash, found);
      return found;
    } catch (SyncException e) {
      return Optional.of(cache.stale(hash).orElseThrow(() -> e));
    }
  }

  private Optional<ApiKey> use(DSLContext database, KeyHash hash) {
    ApiKeysRecord row =
        database
            .selectFrom(API_KEYS)
            .where(API_KEYS.HASH.eq(hash.bytes()))
            .and(API_KEYS.REVOKED_AT.isNull())
            .fetchOne();
    if (row == null || !hash.equals(KeyHash.ofBytes(row.getHash()))) {
      return Optional.empty();
    }
    Instant lastUsedAt = row.getLastUsedAt();
    if (lastUsedAt == null || lastUsedAt.isBefore(now().minusSeconds(60))) {
      database
          .update(API_KEYS)
          .set(API_KEYS.LAST_USED_AT, now())
          .where(API_KEYS.ID.eq(row.getId()))
          .execute();
    }
    return Optional.of(key(row));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static ApiKey key(ApiKeysRecord row) {
    return new ApiKey(
        row.getId(),
        row.getName(),
        Role.valueOf(row.getRole().toUpperCase(Locale.ROOT)),
        row.getCreatedBy(),
        row.getCreatedAt(),
        row.getLastUsedAt(),
        row.getRevokedAt());
  }
}
