package dev.tidemark.cli;

import dev.tidemark.cli.terminal.Terminal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the state folder. */
public final class HomeOption {

  @Option(
      names = "--home",
      paramLabel = "FOLDER",
      description = "State folder (default: TIDEMARK_HOME, else .tidemark).")
  private @Nullable Path home;

  /** The folder that the option or the environment names. */
  public StateFolder folder(Terminal terminal) {
    return StateFolder.of(home, terminal.variable("TIDEMARK_HOME"));
  }
}
