package dev.tidemark.bench;

import dev.tidemark.bench.diff.DiffCommand;
import dev.tidemark.bench.flights.FlightsCommand;
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
      DiffCommand.class
    })
public final class Bench {

  private Bench() {}

  /** Runs one benchmark and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }
}
