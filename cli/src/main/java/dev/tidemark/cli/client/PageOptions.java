package dev.tidemark.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.Shell;
import dev.tidemark.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of the batches, verifications or plans to list. */
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
    return filters("batch");
  }

  /**
   * For the API.
   *
   * @param name by which it knows what the batch is called
   */
  public Map<String, String> filters(String name) {
    Map<String, String> filters = new TreeMap<>();
    filters.put("limit", Integer.toString(limit));
    put(filters, name, batch);
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
   * Prints a page, and how to get the next.
   *
   * @param answer of the API
   * @param command that lists, which is also what the API calls the rows
   * @param type of a row
   * @param table the lines of a page that is not empty
   */
  public <T> void print(
      Terminal terminal,
      boolean json,
      JsonNode answer,
      String command,
      Class<T> type,
      Function<List<T>, List<String>> table) {
    if (json) {
      terminal.print(answer.toPrettyString());
      return;
    }
    List<T> runs = ApiClient.readAll(answer.path(command), type);
    if (runs.isEmpty()) {
      terminal.print("There are no such " + command + ".");
    } else {
      table.apply(runs).forEach(terminal::print);
    }
    next(answer, command, "list").ifPresent(next -> terminal.print("\nMore: " + next));
  }

  /** The command for the next page; empty when there is none. */
  private Optional<String> next(JsonNode answer, String... command) {
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
