package dev.tidemark.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.terminal.Terminal;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Waits for the end of what has a {@code status} at the API. */
public final class Waiting {

  private static final Duration TICK = Duration.ofMillis(300);

  private final Terminal terminal;

  public Waiting(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Looks until it runs no more.
   *
   * @param started how it stands now
   * @param seen takes what each look brings
   * @return the last answer
   */
  public JsonNode untilEnded(JsonNode started, Supplier<JsonNode> look, Consumer<JsonNode> seen) {
    Patience patience = new Patience();
    JsonNode last = started;
    String complaint = "";
    while (last.path("status").asText().equals("running")) {
      LockSupport.parkNanos(TICK.toNanos());
      JsonNode answer = patience.ask(look);
      if (answer != null) {
        last = answer;
        complaint = "";
        seen.accept(answer);
      } else if (!patience.silence().equals(complaint)) {
        complaint = patience.silence();
        terminal.complain(complaint);
      }
    }
    return last;
  }
}
