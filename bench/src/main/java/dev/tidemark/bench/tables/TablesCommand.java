package dev.tidemark.bench.tables;

import dev.tidemark.bench.CpuClock;
import dev.tidemark.bench.Median;
import dev.tidemark.bench.batch.Batches;
import dev.tidemark.bench.batch.History;
import dev.tidemark.bench.batch.TableComparison;
import dev.tidemark.bench.server.Database;
import dev.tidemark.bench.server.HomeOption;
import dev.tidemark.bench.server.Servers;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.table.TableProgress;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Many small tables in one batch: what each costs, and what it leaves in Temporal's history. */
@Command(
    name = "tables",
    description = "Many small tables of one PostgreSQL into MariaDB, in one batch.",
    mixinStandardHelpOptions = true)
public final class TablesCommand implements Callable<Integer> {

  @Mixin private HomeOption home = new HomeOption();

  @Option(names = "--tables", defaultValue = "300", description = "default: ${DEFAULT-VALUE}")
  private int tables;

  @Option(names = "--rows", defaultValue = "10", description = "of each; default: ${DEFAULT-VALUE}")
  private int rows;

  @Option(names = "--repetitions", defaultValue = "3", description = "default: ${DEFAULT-VALUE}")
  private int repetitions;

  @Option(
      names = "--options",
      split = ",",
      description = "more lines of each batch, such as parallel-tables-per-connection:4")
  private List<String> options = List.of();

  @Override
  public Integer call() throws Exception {
    try (Servers servers = Servers.start(home.folder())) {
      Database source = servers.postgres("small");
      fill(source);
      List<Database> targets = new ArrayList<>();
      // The first is to warm up.
      for (int i = 0; i <= repetitions; i++) {
        targets.add(servers.mariaDb("small_" + i));
      }
      return measure(servers, source, targets) ? 0 : 1;
    }
  }

  private void fill(Database source) throws SQLException {
    try (Connection session = source.open();
        Statement statement = session.createStatement()) {
      session.setAutoCommit(false);
      for (int i = 1; i <= tables; i++) {
        String table = table(i);
        statement.execute(
            "CREATE TABLE "
                + table
                + " (id bigint PRIMARY KEY, name varchar(80) NOT NULL, amount numeric(12,2),"
                + " active boolean NOT NULL, updated_at timestamptz NOT NULL)");
        statement.execute(
            "INSERT INTO "
                + table
                + " SELECT n, 'row ' || n, n / 7.0, n % 2 = 0, timestamptz '2024-01-01 00:00:00Z'"
                + " + n * interval '61.000123 seconds' FROM generate_series(1, "
                + rows
                + ") n");
      }
      session.commit();
      statement.execute("ANALYZE");
      session.commit();
    }
  }

  private boolean measure(Servers servers, Database source, List<Database> targets)
      throws SQLException, IOException, InterruptedException {
    String more =
        options.stream()
            .map(o -> "    " + o.replaceFirst(":", ": ") + "\n")
            .collect(Collectors.joining());
    String batches =
        targets.stream()
            .map(
                target ->
                    "  to_%s:\n    sources: [%s]\n    target: %s\n%s"
                        .formatted(target, source, target, more))
            .collect(Collectors.joining());
    List<Database> all = Stream.concat(Stream.of(source), targets.stream()).toList();
    List<Double> first = new ArrayList<>();
    List<Double> second = new ArrayList<>();
    boolean good = true;
    System.out.printf(
        "%d tables of %d rows; %,d events and %d MB end a run, %,d and %d MB are warned of%n",
        tables, rows, 51_200, 50, 10_240, 10);
    System.out.printf(
        "%-14s %9s %12s %14s %5s %8s %12s %12s%n",
        "", "seconds", "ms a table", "of CPU", "runs", "events", "bytes", "longest run");
    List<Double> pipe = new ArrayList<>();
    try (Batches runs = Batches.start(servers.configuration(all, batches))) {
      for (Database target : targets) {
        pipe.add(piped(source, servers.mariaDb("piped")));
        Batches.Outcome copy = runs.run("to_" + target);
        first.add(print("first copy", copy));
        Batches.Outcome again = runs.run("to_" + target);
        second.add(print("nothing to do", again));
        good &= right(copy) && right(again);
      }
    }
    List.of(pipe, first, second).forEach(List::removeFirst);
    System.out.printf(
        "median of %d: %.1f ms a table for the raw pipe, %.1f ms for the first copy, %.1f ms with"
            + " nothing to do: %.2f and %.2f times the pipe%n",
        repetitions,
        Median.of(pipe),
        Median.of(first),
        Median.of(second),
        Median.of(first) / Median.of(pipe),
        Median.of(second) / Median.of(pipe));
    return good && equal(source, targets.getLast());
  }

  /** Milliseconds a table of what a script would do. */
  private double piped(Database source, Database target) throws SQLException, IOException {
    target.settle();
    long start = System.nanoTime();
    long copied = TablesPipe.copy(source, target, names());
    double each = (System.nanoTime() - start) / 1e6 / tables;
    if (copied != (long) tables * rows) {
      throw new IllegalStateException("The raw pipe has copied %,d rows.".formatted(copied));
    }
    System.out.printf("%-14s %9.2f %12.1f%n", "raw pipe", each * tables / 1e3, each);
    return each;
  }

  private List<String> names() {
    return IntStream.rangeClosed(1, tables).mapToObj(TablesCommand::table).toList();
  }

  private static String table(int number) {
    return "small_%04d".formatted(number);
  }

  private double print(String name, Batches.Outcome outcome) {
    double each = outcome.duration().toNanos() / 1e6 / tables;
    History history = outcome.history();
    System.out.printf(
        "%-14s %9.2f %12.1f %14.1f %5d %,8d %,12d %,8d ev. %,d B%n",
        name,
        outcome.duration().toMillis() / 1000.0,
        each,
        CpuClock.sum(outcome.cpu()) * 1e3 / tables,
        history.runs(),
        history.events(),
        history.bytes(),
        history.mostEvents(),
        history.mostBytes());
    System.out.println("    CPU seconds: " + CpuClock.print(outcome.cpu()));
    return each;
  }

  private boolean right(Batches.Outcome outcome) {
    long rowsRead =
        outcome.progress().tables().stream()
            .map(TableProgress::counts)
            .mapToLong(counts -> counts.read())
            .sum();
    boolean right =
        outcome.progress().status() == BatchStatus.COMPLETED && rowsRead == (long) tables * rows;
    if (!right) {
      System.out.println("WRONG: " + outcome.progress().status() + ", " + rowsRead + " rows");
    }
    return right;
  }

  private boolean equal(Database source, Database target) throws SQLException {
    for (String table : names()) {
      if (!TableComparison.compare(source, target, table).equal()) {
        System.out.println(table + " DIFFERS");
        return false;
      }
    }
    return true;
  }
}
