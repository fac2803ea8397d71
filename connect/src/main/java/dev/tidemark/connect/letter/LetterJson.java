package dev.tidemark.connect.letter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Columns and their texts as JSON. Its escapes let a database hold what its texts cannot. */
final class LetterJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  static {
    // A value is as long as its database lets it be.
    JSON.getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build());
  }

  private LetterJson() {}

  static String print(Map<String, ? extends @Nullable String> texts) {
    try {
      return JSON.writeValueAsString(texts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are always printable", e);
    }
  }

  static Map<String, @Nullable String> nullable(@Nullable String json) {
    return read(json, new TypeReference<Map<String, @Nullable String>>() {});
  }

  static Map<String, String> texts(String json) {
    return read(json, new TypeReference<Map<String, String>>() {});
  }

  /** In the order in which they were printed. */
  private static <T extends @Nullable String> Map<String, T> read(
      @Nullable String json, TypeReference<Map<String, T>> type) {
    try {
      return json == null ? Map.of() : JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A dead letter is not what Tidemark wrote.", e);
    }
  }
}
