package dev.tidemark.api.key;

import dev.tidemark.connect.configuration.ApiKeyConfiguration;
import dev.tidemark.connect.control.ApiKeys;
import dev.tidemark.connect.control.KeyHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out who a key belongs to: those of the configuration first, then the control database. */
final class Callers {

  private record Configured(KeyHash hash, Caller caller) {}

  private final List<Configured> configured = new ArrayList<>();
  private final ApiKeys keys;

  Callers(List<ApiKeyConfiguration> configuration, ApiKeys keys) {
    for (ApiKeyConfiguration key : configuration) {
      Caller caller = new Caller("configuration:" + key.name(), key.name(), key.role());
      configured.add(new Configured(KeyHash.of(key.key()), caller));
    }
    this.keys = keys;
  }

  Optional<Caller> find(String secret) {
    KeyHash hash = KeyHash.of(secret);
    for (Configured candidate : configured) {
      if (candidate.hash().equals(hash)) {
        return Optional.of(candidate.caller());
      }
    }
    return keys.authenticate(secret).map(key -> new Caller(key.id(), key.name(), key.role()));
  }
}
