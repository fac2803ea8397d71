package dev.tidemark.bench.pipe;

import dev.tidemark.bench.CpuClock;
import dev.tidemark.bench.Median;
import dev.tidemark.bench.batch.Batches;
import dev.tidemark.bench.batch.TableComparison;
import dev.tidemark.bench.server.Database;
import dev.tidemark.bench.server.HomeOption;
import dev.tidemark.bench.server.Servers;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.workflows.batch.BatchStatus;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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

  @Option(names = "--rows", defaultValue = "2000000", description = "default: ${DEFAULT-VALUE}")
  private long rows;

  @Option(names = "--repetitions", defaultValue = "3", description = "default: ${DEFAULT-VALUE}")
  private int repetitions;

  @Option(names = "--chunk-rows", defaultValue = "20000", description = "default: ${DEFAULT-VALUE}")
  private int chunkRows;

  @Option(
      names = "--to",
      split = ",",
      defaultValue = "MARIADB,POSTGRESQL",
      description = "default: ${DEFAULT-VALUE}")
  private List<DatabaseType> types = List.of();

  @Option(
      names = "--mysql",
      description = "JDBC URL of the MySQL server for --to MYSQL",
      defaultValue = "${env:TIDEMARK_TEST_MYSQL_URL}")
  private String mysqlUrl = "";

  /** Seconds of each way to copy. */
  private record Times(List<Double> pipe, List<Double> copy, List<Double> again) {

    Times() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  @Override
  public Integer call() throws Exception {
    boolean good = true;
    try (Servers servers = Servers.start(home.folder())) {
      Database source = servers.postgres("invoices");
      Invoices.create(source, rows);
      for (DatabaseType type : types) {
        good &= measure(servers, source, type);
      }
    }
    return good ? 0 : 1;
  }

  private boolean measure(Servers servers, Database source, DatabaseType type) throws Exception {
    Database raw = database(servers, type, "raw");
    Database tidemark = database(servers, type, "tidemark");
    String batch =
        """
          invoices:
            sources: [%s]
            target: %s
            chunk-rows: %d
        """
            .formatted(source, tidemark, chunkRows);
    Times times = new Times();
    boolean good = true;
    System.out.printf("PostgreSQL to %s, %,d rows of 12 columns, seconds%n", type, rows);
    System.out.printf("%8s %10s %14s%n", "pipe", "first copy", "nothing to do");
    try (Batches runs =
        Batches.start(servers.configuration(List.of(source, raw, tidemark), batch))) {
      for (int i = 0; i < repetitions; i++) {
        Invoices.emptied(source, raw);
        raw.settle();
        CpuClock cpu = new CpuClock();
        long start = System.nanoTime();
        good &= RawPipe.copy(source, raw) == rows;
        times.pipe().add((System.nanoTime() - start) / 1e9);
        cpu("pipe", cpu.seconds());
        raw.settle();
        Invoices.emptied(source, tidemark);
        tidemark.settle();
        good &= timed(runs, times.copy());
        tidemark.settle();
        good &= timed(runs, times.again());
        System.out.printf(
            "%8.2f %10.2f %14.2f%n",
            times.pipe().getLast(), times.copy().getLast(), times.again().getLast());
      }
    }
    double pipe = Median.of(times.pipe());
    double copy = Median.of(times.copy());
    double again = Median.of(times.again());
    System.out.printf(
        "median: pipe %.2f s (%,.0f rows/s), first copy %.2f s (%,.0f rows/s), nothing to do %.2f s%n",
        pipe, rows / pipe, copy, rows / copy, again);
    System.out.printf(
        "speed against the pipe: first copy %.2f, nothing to do %.2f%n", pipe / copy, pipe / again);
    boolean equal = TableComparison.compare(source, tidemark, Invoices.TABLE).equal();
    System.out.println(equal ? "Equal." : "NOT EQUAL.");
    return good && equal;
  }

  private static boolean timed(Batches runs, List<Double> seconds) {
    Batches.Outcome outcome = runs.run("invoices");
    seconds.add(outcome.duration().toNanos() / 1e9);
    cpu("batch", outcome.cpu());
    return outcome.progress().status() == BatchStatus.COMPLETED;
  }

  private static void cpu(String what, Map<String, Double> seconds) {
    System.out.printf(
        "    CPU seconds of the %s: %.1f (%s)%n",
        what, CpuClock.sum(seconds), CpuClock.print(seconds));
  }

  private Database database(Servers servers, DatabaseType type, String name) throws SQLException {
    return switch (type) {
      case POSTGRESQL -> servers.postgres(name + "_invoices");
      case MARIADB -> servers.mariaDb(name + "_invoices");
      case MYSQL -> Servers.mysql(name + "_invoices", mysqlUrl);
    };
  }
}
