package dev.tidemark.bench.server;

import dev.tidemark.cli.StateFolder;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the servers of a benchmark keep their data. */
public final class HomeOption {

  @Option(
      names = "--home",
      description = "folder of the servers' data (default: ${DEFAULT-VALUE})",
      defaultValue = ".tidemark/bench")
  private Path home = Path.of(".tidemark/bench");

  /** The folder. */
  public StateFolder folder() {
    return new StateFolder(home);
  }
}
