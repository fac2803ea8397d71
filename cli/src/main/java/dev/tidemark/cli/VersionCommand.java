package dev.tidemark.cli;

import dev.tidemark.cli.terminal.Terminal;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code tidemark version}. */
@Command(name = "version", description = "Show the version of Tidemark and of its Java.")
final class VersionCommand implements Callable<Integer> {

  private final Terminal terminal;

  VersionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.print(text());
    return 0;
  }

  static String text() {
    return "Tidemark " + version() + " on Java " + Runtime.version();
  }

  private static String version() {
    return Objects.requireNonNullElse(
        Tidemark.class.getPackage().getImplementationVersion(), "from sources");
  }
}
