package dev.tidemark.cli.client;

import dev.tidemark.cli.StateFolder;
import dev.tidemark.cli.terminal.Terminal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = "--home",
      paramLabel = "FOLDER",
      description = "State folder (default: TIDEMARK_HOME, else .tidemark).")
  private @Nullable Path home;

  /** A client of the API that the options, the environment or the state folder name. */
  public ApiClient connect(Terminal terminal) {
    return new ApiClient(
        ApiAddress.find(
            url,
            key,
            StateFolder.of(home, terminal.variable("TIDEMARK_HOME")),
            terminal::variable));
  }
}
