package dev.tidemark.connect.configuration;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Unmodifiable copies of maps that keep the order of the file. */
final class Ordered {

  private Ordered() {}

  static <V> Map<String, V> copyOf(Map<String, V> map) {
    Map<String, V> copy = LinkedHashMap.newLinkedHashMap(map.size());
    map.forEach(
        (name, value) ->
            copy.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value")));
    return Collections.unmodifiableMap(copy);
  }
}
