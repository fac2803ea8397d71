package dev.tidemark.cli.client;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row that a target refused, as the API tells it.
 *
 * @param state open, resolved or discarded
 * @param key source column to its value
 * @param values target column to the text that was to be written, null for NULL
 * @param edits target column to what is to be written instead
 * @param column that the database names
 */
public record Letter(
    String id,
    String connection,
    String table,
    @Nullable String slice,
    @Nullable String source,
    String state,
    Map<String, @Nullable String> key,
    Map<String, @Nullable String> values,
    Map<String, @Nullable String> edits,
    @Nullable String code,
    @Nullable String reason,
    @Nullable String column,
    int attempts,
    @Nullable Instant firstAt,
    @Nullable Instant lastAt,
    @Nullable String batchId) {

  public Letter {
    Objects.requireNonNull(id, "id");
    state = Objects.requireNonNullElse(state, "open");
    key = ordered(key);
    values = ordered(values);
    edits = ordered(edits);
  }

  private static Map<String, @Nullable String> ordered(@Nullable Map<String, @Nullable String> of) {
    return of == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(of));
  }
}
