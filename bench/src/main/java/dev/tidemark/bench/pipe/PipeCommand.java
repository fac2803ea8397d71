package dev.tidemark.bench.pipe;

import dev.tidemark.bench.CpuClock;
import dev.tidemark.bench.Median;
import dev.tidemark.bench.batch.Batches;
import dev.tidemark.bench.batch.TableComparison;
import dev.tidemark.bench.server.Database;
import dev.tidemark.bench.server.HomeOption;
import dev.tidemark.bench.server.Servers;
import dev.tidemark.bench.server.TargetOptions;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.workflows.batch.BatchStatus;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A table of invoices, by the databases' own bulk commands and by Tidemark, in turns. */
@Command(
    name = "pipe",
    description = "A large table by Tidemark against the raw pipe, in turns.",
    mixinStandardHelpOptions = true)
public final class PipeCommand implements Callable<Integer> {

  @Mixin private HomeOption home = new HomeOption();
  @Mixin private TargetOptions targets = new TargetOptions();

  @Option(names = "--rows", defaultValue = "2000000", description = "default: ${DEFAULT-VALUE}")
  private long rows;

  @Option(names = "--repetitions", defaultValue = "3", description = "default: ${DEFAULT-VALUE}")
  private int repetitions;

  @Option(
      names = "--chunk-rows",
      defaultValue = "0",
      description = "default: Tidemark's own choice")
  private int chunkRows;

  @Option(
      names = "--parallel-ranges",
      defaultValue = "4",
      description = "default: ${DEFAULT-VALUE}")
  private int parallelRanges;

  /** A way to copy, and what it took each time. */
  private record Way(String name, @Nullable RawPipe pipe, List<Double> seconds) {

    Way(String name, @Nullable RawPipe pipe) {
      this(name, pipe, new ArrayList<>());
    }
  }

  @Override
  public Integer call() throws Exception {
    boolean good = true;
    try (Servers servers = Servers.start(home.folder())) {
      Database source = servers.postgres("invoices");
      Invoices.create(source, rows);
      for (DatabaseType type : targets.types()) {
        good &= measure(servers, source, type);
      }
    }
    return good ? 0 : 1;
  }

  private boolean measure(Servers servers, Database source, DatabaseType type) throws Exception {
    Database raw = targets.database(servers, type, "raw");
    Database tidemark = targets.database(servers, type, "tidemark");
    String batch =
        """
          invoices:
            sources: [%s]
            target: %s
            parallel-ranges: %d
        %s"""
            .formatted(
                source,
                tidemark,
                parallelRanges,
                chunkRows == 0 ? "" : "    chunk-rows: " + chunkRows + "\n");
    Way first = new Way("first copy", null);
    Way again = new Way("nothing to do", null);
    List<Way> pipes =
        List.of(
            new Way("pipe", new RawPipe(1, 0)),
            new Way("pipe with commits", new RawPipe(1, 20_000)),
            new Way("two pipes with commits", new RawPipe(2, 20_000)));
    boolean good = true;
    System.out.printf("PostgreSQL to %s, %,d rows of 12 columns%n", type, rows);
    try (Batches runs =
        Batches.start(servers.configuration(List.of(source, raw, tidemark), batch))) {
      for (int i = 0; i < repetitions; i++) {
        for (Way way : pipes) {
          good &= piped(source, raw, way);
        }
        Invoices.emptied(source, tidemark);
        tidemark.settle();
        good &= timed(runs, first);
        tidemark.settle();
        good &= timed(runs, again);
      }
    }
    double pipe = Median.of(pipes.getFirst().seconds());
    for (Way way : Stream.concat(pipes.stream(), Stream.of(first, again)).toList()) {
      double seconds = Median.of(way.seconds());
      System.out.printf(
          "median of the %s: %.2f s, %,.0f rows/s, %.2f of the pipe's speed%n",
          way.name(), seconds, rows / seconds, pipe / seconds);
    }
    boolean equal = TableComparison.compare(source, tidemark, Invoices.TABLE).equal();
    System.out.println(equal ? "Equal." : "NOT EQUAL.");
    return good && equal;
  }

  private boolean piped(Database source, Database raw, Way way)
      throws SQLException, IOException, InterruptedException {
    Invoices.emptied(source, raw);
    raw.settle();
    CpuClock cpu = new CpuClock();
    long start = System.nanoTime();
    boolean all = Objects.requireNonNull(way.pipe()).copy(source, raw, rows) == rows;
    way.seconds().add((System.nanoTime() - start) / 1e9);
    print(way, cpu.seconds());
    raw.settle();
    return all;
  }

  private static boolean timed(Batches runs, Way way) {
    Batches.Outcome outcome = runs.run("invoices");
    way.seconds().add(outcome.duration().toNanos() / 1e9);
    print(way, outcome.cpu());
    return outcome.progress().status() == BatchStatus.COMPLETED;
  }

  private static void print(Way way, Map<String, Double> cpu) {
    System.out.printf(
        "%24s %8.2f s, CPU %.1f s (%s)%n",
        way.name(), way.seconds().getLast(), CpuClock.sum(cpu), CpuClock.print(cpu));
  }
}
