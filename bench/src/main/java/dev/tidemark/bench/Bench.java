package dev.tidemark.bench;

import dev.tidemark.bench.changing.ChangingCommand;
import dev.tidemark.bench.diff.DiffCommand;
import dev.tidemark.bench.flights.FlightsCommand;
import dev.tidemark.bench.heap.HeapCommand;
import dev.tidemark.bench.kills.KillsCommand;
import dev.tidemark.bench.peers.PeersCommand;
import dev.tidemark.bench.pipe.PipeCommand;
import dev.tidemark.bench.resync.ResyncCommand;
import dev.tidemark.bench.tables.TablesCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmarks. */
@Command(
    name = "bench",
    description = "Measures Tidemark on real servers.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "BENCHMARK",
    subcommands = {
      FlightsCommand.class,
      TablesCommand.class,
      PipeCommand.class,
      ResyncCommand.class,
      DiffCommand.class,
      KillsCommand.class,
      ChangingCommand.class,
      HeapCommand.class,
      PeersCommand.class
    })
public final class Bench {

  private Bench() {}

  /** Runs one benchmark and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs one benchmark and gives its exit code. */
  static int run(String... arguments) {
    return new CommandLine(new Bench())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(arguments);
  }
}
