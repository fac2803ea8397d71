package dev.tidemark.connect.configuration;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds where the API listens and who may call it. */
final class ApiBinder {

  private static final int SHORTEST_KEY = 16;
  private static final String ROLES = "viewer, operator or admin";

  private final Section section;

  ApiBinder(Section section) {
    this.section = section;
  }

  ApiConfiguration bind() {
    String host = section.text("host", ApiConfiguration.DEFAULT_HOST);
    int port = section.number("port", ApiConfiguration.DEFAULT_PORT, 0, 65535);
    List<ApiKeyConfiguration> keys = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Set<String> secrets = new HashSet<>();
    Value list = section.value("keys");
    if (list != null) {
      for (Value item : list.items()) {
        Section key = item.section(ConfigurationKeys.API_KEY);
        ApiKeyConfiguration bound = key == null ? null : key(key);
        if (key != null && bound != null) {
          if (!names.add(bound.name())) {
            key.mistake("name", "\"" + bound.name() + "\" a second time", "each name once");
          }
          if (!secrets.add(bound.key())) {
            key.mistake("key", "the key of another name", "a key of its own for each name");
          }
          keys.add(bound);
        }
      }
    }
    return new ApiConfiguration(host, port, keys);
  }

  private static @Nullable ApiKeyConfiguration key(Section section) {
    String name = section.required("name", "who uses the key");
    section.required("role", ROLES);
    Role role =
        section.choice(
            "role",
            Map.of("viewer", Role.VIEWER, "operator", Role.OPERATOR, "admin", Role.ADMIN),
            ROLES,
            Role.VIEWER);
    String key = section.required("key", "the secret, from the environment such as ${CI_KEY}");
    if (key != null && key.length() < SHORTEST_KEY) {
      section.mistake(
          "key",
          "a key of " + key.length() + " characters",
          "at least " + SHORTEST_KEY + " characters, drawn at random");
    }
    return name == null || key == null ? null : new ApiKeyConfiguration(name, role, key);
  }
}
