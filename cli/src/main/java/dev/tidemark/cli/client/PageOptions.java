package dev.tidemark.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of the verifications or plans to list. */
public final class PageOptions {

  @Option(names = "--batch", paramLabel = "NAME", description = "Of this batch alone.")
  private @Nullable String batch;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only those that are running, completed, failed or interrupted.")
  private @Nullable String status;

  @Option(names = "--limit", paramLabel = "N", description = "How many at most (default: 20).")
  private int limit = 20;

  @Option(
      names = "--cursor",
      paramLabel = "CURSOR",
      description = "The page after the one that named this cursor.")
  private @Nullable String cursor;

  /** For the API. */
  public Map<String, String> filters() {
    Map<String, String> filters = new TreeMap<>();
    filters.put("limit", Integer.toString(limit));
    put(filters, "batch", batch);
    put(filters, "status", status);
    put(filters, "cursor", cursor);
    return filters;
  }

  private static void put(Map<String, String> filters, String key, @Nullable String value) {
    if (value != null) {
      filters.put(key, value);
    }
  }

  /**
   * The command for the next page; empty when there is none.
   *
   * @param command that lists, in words
   */
  public Optional<String> next(JsonNode answer, String... command) {
    if (!answer.hasNonNull("nextCursor")) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>(List.of(command));
    filters()
        .forEach(
            (key, value) -> {
              if (!key.equals("cursor") && !(key.equals("limit") && value.equals("20"))) {
                words.addAll(List.of("--" + key, value));
              }
            });
    words.addAll(List.of("--cursor", answer.get("nextCursor").asText()));
    return Optional.of(Shell.command(words.toArray(String[]::new)));
  }
}
