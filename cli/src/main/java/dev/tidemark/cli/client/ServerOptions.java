package dev.tidemark.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.Announcement;
import dev.tidemark.cli.HomeOption;
import dev.tidemark.cli.StateFolder;
import dev.tidemark.cli.terminal.Colour;
import dev.tidemark.cli.terminal.Terminal;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that talks to the API. */
public final class ServerOptions {

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Address of the API (default: TIDEMARK_URL, else the one running here).")
  private @Nullable String url;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "Key to the API; TIDEMARK_API_KEY keeps it out of the process list.")
  private @Nullable String key;

  @Option(names = "--json", description = "Print the API's answer, and nothing else.")
  private boolean json;

  @Mixin private HomeOption home = new HomeOption();

  /** Whether the API's answer is all that is printed. */
  public boolean json() {
    return json;
  }

  /**
   * A client of the API that the options, the environment or the state folder name. Where that one
   * runs with another configuration than its file now has, this is said.
   */
  public ApiClient connect(Terminal terminal) {
    StateFolder folder = home.folder(terminal);
    ApiAddress address = ApiAddress.find(url, key, folder, terminal::variable);
    Announcement.of(folder)
        .filter(announced -> announced.url().equals(address.url()))
        .flatMap(Announcement::outdated)
        .ifPresent(line -> terminal.complain(terminal.paint(line, Colour.YELLOW)));
    return new ApiClient(address);
  }

  /**
   * Calls the API and prints its answer: as it is where that was asked for, else as people read it.
   *
   * @return the exit code of a call that was answered
   */
  public int ask(
      Terminal terminal, Function<ApiClient, JsonNode> call, Consumer<JsonNode> inWords) {
    try (ApiClient api = connect(terminal)) {
      JsonNode answer = call.apply(api);
      if (json) {
        terminal.print(answer.toPrettyString());
      } else {
        inWords.accept(answer);
      }
      return 0;
    }
  }
}
