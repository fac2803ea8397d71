package dev.tidemark.cli.role;

import dev.tidemark.cli.HomeOption;
import dev.tidemark.cli.StateFolder;
import dev.tidemark.cli.terminal.Terminal;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that runs embedded servers. */
public final class StackOptions {

  @Mixin private HomeOption home = new HomeOption();

  @Option(
      names = "--ui-port",
      paramLabel = "PORT",
      description =
          "Port of the embedded Temporal's Web UI (default: the last one, or a free one).")
  private int uiPort;

  public StateFolder home(Terminal terminal) {
    return home.folder(terminal);
  }

  public int uiPort() {
    return uiPort;
  }
}
