package dev.tidemark.connect.control;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keys that were found lately. Holds hashes, never secrets. */
final class ApiKeyCache {

  static final Duration FRESH = Duration.ofSeconds(10);
  static final Duration STALE = Duration.ofHours(1);

  private record Entry(ApiKey key, Instant foundAt) {}

  private final Map<KeyHash, Entry> entries = new ConcurrentHashMap<>();
  private final Clock clock;

  ApiKeyCache(Clock clock) {
    this.clock = clock;
  }

  Optional<ApiKey> fresh(KeyHash hash) {
    return notOlderThan(FRESH, hash);
  }

  Optional<ApiKey> stale(KeyHash hash) {
    return notOlderThan(STALE, hash);
  }

  /** Remembers what a look into the database found, or that it found nothing. */
  void remember(KeyHash hash, Optional<ApiKey> found) {
    found.ifPresentOrElse(
        key -> entries.put(hash, new Entry(key, clock.instant())), () -> entries.remove(hash));
  }

  void forget(String id) {
    entries.values().removeIf(entry -> entry.key().id().equals(id));
  }

  private Optional<ApiKey> notOlderThan(Duration age, KeyHash hash) {
    return Optional.ofNullable(entries.get(hash))
        .filter(entry -> entry.foundAt().plus(age).isAfter(clock.instant()))
        .map(Entry::key);
  }
}
