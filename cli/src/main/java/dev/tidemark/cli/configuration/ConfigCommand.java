package dev.tidemark.cli.configuration;

import dev.tidemark.cli.connection.ConnectionList;
import dev.tidemark.cli.role.ConfigurationFile;
import dev.tidemark.cli.terminal.Colour;
import dev.tidemark.cli.terminal.Terminal;
import dev.tidemark.cli.terminal.Words;
import dev.tidemark.connect.configuration.ConfigurationLines;
import dev.tidemark.connect.configuration.Mistake;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.connect.connection.ConnectionHealth;
import dev.tidemark.connect.connection.Connections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark config}. */
@Command(name = "config", description = "Check the configuration.")
public final class ConfigCommand {

  private final Terminal terminal;

  public ConfigCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "List every mistake in the configuration at once.",
      footer = {"", "Exit code: 0 when all is well, 1 when not."})
  int check(
      @Mixin ConfigurationFile file,
      @Option(names = "--connect", description = "Also look for databases, tables and keys.")
          boolean connect) {
    TidemarkConfiguration configuration = file.load(terminal.environment());
    terminal.print(
        terminal.paint("✓ ", Colour.GREEN)
            + file.path()
            + ": "
            + Words.plural(configuration.connections().size(), "connection")
            + ", "
            + (configuration.batches().size() == 1
                ? "1 batch"
                : configuration.batches().size() + " batches")
            + (configuration.schedules().isEmpty()
                ? ""
                : ", " + Words.plural(configuration.schedules().size(), "schedule")));
    return connect ? connect(configuration, file.lines()) : 0;
  }

  private int connect(TidemarkConfiguration configuration, ConfigurationLines lines) {
    try (Connections connections = new Connections(configuration.connections().values())) {
      List<ConnectionHealth> found =
          configuration.connections().keySet().parallelStream().map(connections::health).toList();
      new ConnectionList(terminal)
          .lines(found.stream().map(ConfigCommand::row).toList())
          .forEach(terminal::print);
      Set<String> healthy =
          found.stream()
              .filter(ConnectionHealth::healthy)
              .map(ConnectionHealth::name)
              .collect(Collectors.toSet());
      List<Mistake> mistakes =
          new CatalogCheck(configuration, healthy::contains)
              .mistakes().stream()
                  .map(lines::locate)
                  .sorted(Comparator.comparingInt(Mistake::line))
                  .toList();
      if (!mistakes.isEmpty()) {
        terminal.print("");
        mistakes.forEach(mistake -> terminal.print(terminal.paint("✗ " + mistake, Colour.RED)));
      } else if (healthy.size() == found.size()) {
        terminal.print(
            terminal.paint("✓ ", Colour.GREEN) + "every table and column that is named is there");
      }
      return mistakes.isEmpty() && healthy.size() == found.size() ? 0 : 1;
    }
  }

  private static ConnectionList.Row row(ConnectionHealth health) {
    return new ConnectionList.Row(
        health.name(),
        health.type().name().toLowerCase(Locale.ROOT),
        health.version(),
        health.latency() == null ? null : health.latency().toNanos() / 1e6,
        health.message(),
        health.remedy());
  }
}
