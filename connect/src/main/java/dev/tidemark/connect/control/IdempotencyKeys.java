package dev.tidemark.connect.control;

import static dev.tidemark.connect.control.generated.Tables.IDEMPOTENCY_KEYS;

import dev.tidemark.connect.control.generated.tables.records.IdempotencyKeysRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Idempotency keys: the id of what a call creates is reserved under its key before it is created,
 * so that a repeated call creates the same thing, even when the first died in between.
 */
public final class IdempotencyKeys {

  /** Keys are forgotten after this long. */
  public static final Duration KEPT = Duration.ofHours(24);

  private final ControlAccess access;
  private final Clock clock;

  IdempotencyKeys(ControlAccess access, Clock clock) {
    this.access = access;
    this.clock = clock;
  }

  /**
   * What stands under a key; empty when nothing was reserved, or too long ago.
   *
   * @param request everything that makes it the same request
   */
  public Optional<Reservation> find(String caller, String key, String request) {
    KeyHash hash = KeyHash.of(caller + "\n" + key);
    KeyHash requestHash = KeyHash.of(request);
    return access.call(
        "looking up an idempotency key",
        database ->
            database
                .selectFrom(IDEMPOTENCY_KEYS)
                .where(IDEMPOTENCY_KEYS.HASH.eq(hash.bytes()))
                .and(IDEMPOTENCY_KEYS.RESERVED_AT.ge(clock.instant().minus(KEPT)))
                .fetchOptional(row -> reservation(row, requestHash)));
  }

  /** Replaces what stands under a key by what the request came to, once that is known. */
  public void settle(String caller, String key, String outcome) {
    KeyHash hash = KeyHash.of(caller + "\n" + key);
    access.run(
        "settling an idempotency key",
        database ->
            database
                .update(IDEMPOTENCY_KEYS)
                .set(IDEMPOTENCY_KEYS.RESOURCE_ID, outcome)
                .where(IDEMPOTENCY_KEYS.HASH.eq(hash.bytes()))
                .execute());
  }

  /**
   * Forgets what was reserved under a key, since the request was refused after all.
   *
   * @param reserved what stands there; nothing is forgotten where something else does by now
   */
  public void release(String caller, String key, String reserved) {
    KeyHash hash = KeyHash.of(caller + "\n" + key);
    access.run(
        "releasing an idempotency key",
        database ->
            database
                .deleteFrom(IDEMPOTENCY_KEYS)
                .where(IDEMPOTENCY_KEYS.HASH.eq(hash.bytes()))
                .and(IDEMPOTENCY_KEYS.RESOURCE_ID.eq(reserved))
                .execute());
  }

  private static Reservation reservation(IdempotencyKeysRecord row, KeyHash requestHash) {
    return new Reservation(
        row.getResourceId(), requestHash.equals(KeyHash.ofBytes(row.getRequestHash())));
  }

  /**
   * Reserves an id under a key, or finds the one reserved before.
   *
   * @param caller whose key it is; two callers may choose the same
   * @param key what the caller sent
   * @param request everything that makes it the same request
   * @param proposedId id to reserve when the key is new
   */
  public Reservation reserve(String caller, String key, String request, String proposedId) {
    KeyHash hash = KeyHash.of(caller + "\n" + key);
    KeyHash requestHash = KeyHash.of(request);
    return access.call(
        "reserving an idempotency key",
        database -> {
          database
              .deleteFrom(IDEMPOTENCY_KEYS)
              .where(IDEMPOTENCY_KEYS.RESERVED_AT.lt(clock.instant().minus(KEPT)))
              .execute();
          database
              .insertInto(IDEMPOTENCY_KEYS)
              .set(IDEMPOTENCY_KEYS.HASH, hash.bytes())
              .set(IDEMPOTENCY_KEYS.REQUEST_HASH, requestHash.bytes())
              .set(IDEMPOTENCY_KEYS.RESOURCE_ID, proposedId)
              .set(IDEMPOTENCY_KEYS.RESERVED_AT, clock.instant().truncatedTo(ChronoUnit.MICROS))
              .onConflictDoNothing()
              .execute();
          IdempotencyKeysRecord row =
              database
                  .selectFrom(IDEMPOTENCY_KEYS)
                  .where(IDEMPOTENCY_KEYS.HASH.eq(hash.bytes()))
                  .fetchSingle();
          return reservation(row, requestHash);
        });
  }
}
