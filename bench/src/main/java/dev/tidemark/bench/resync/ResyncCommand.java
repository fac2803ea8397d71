package dev.tidemark.bench.resync;

import dev.tidemark.bench.CpuClock;
import dev.tidemark.bench.Median;
import dev.tidemark.bench.batch.Batches;
import dev.tidemark.bench.batch.TableComparison;
import dev.tidemark.bench.pipe.Invoices;
import dev.tidemark.bench.pipe.RawPipe;
import dev.tidemark.bench.server.Database;
import dev.tidemark.bench.server.HomeOption;
import dev.tidemark.bench.server.Servers;
import dev.tidemark.bench.server.TargetOptions;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.workflows.batch.BatchStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One row in a hundred changes; how long until the target has it, by a change column. */
@Command(
    name = "resync",
    description = "A pass by a change column against the raw pipe of just those rows, in turns.",
    mixinStandardHelpOptions = true)
public final class ResyncCommand implements Callable<Integer> {

  private static final int EVERY = 100;

  @Mixin private HomeOption home = new HomeOption();
  @Mixin private TargetOptions targets = new TargetOptions();

  @Option(names = "--rows", defaultValue = "2000000", description = "default: ${DEFAULT-VALUE}")
  private long rows;

  @Option(names = "--repetitions", defaultValue = "5", description = "default: ${DEFAULT-VALUE}")
  private int repetitions;

  @Override
  public Integer call() throws Exception {
    boolean good = true;
    try (Servers servers = Servers.start(home.folder())) {
      for (DatabaseType type : targets.types()) {
        Database source = servers.postgres("invoices");
        Invoices.create(source, rows);
        source.execute("CREATE INDEX ON c_invoice (created_at)", "VACUUM ANALYZE c_invoice");
        good &= measure(servers, source, type);
      }
    }
    return good ? 0 : 1;
  }

  private boolean measure(Servers servers, Database source, DatabaseType type) throws Exception {
    Database raw = targets.database(servers, type, "raw");
    Database tidemark = targets.database(servers, type, "tidemark");
    Invoices.emptied(source, raw);
    Invoices.emptied(source, tidemark);
    boolean good = new RawPipe(1, 0).copy(source, raw, rows) == rows;
    List<Double> pipe = new ArrayList<>();
    List<Double> batch = new ArrayList<>();
    System.out.printf("PostgreSQL to %s, 1 %% of %,d rows changed%n", type, rows);
    try (Batches runs =
        Batches.start(
            servers.configuration(
                List.of(source, raw, tidemark),
                """
                  invoices:
                    sources: [%s]
                    target: %s
                    mode: incremental
                    change-column: created_at
                """
                    .formatted(source, tidemark)))) {
      good &= runs.run("invoices").progress().status() == BatchStatus.COMPLETED;
      // One round to warm up.
      for (int i = 0; i <= repetitions; i++) {
        String since = newest(source);
        change(source, i);
        raw.settle();
        tidemark.settle();
        CpuClock cpu = new CpuClock();
        long start = System.nanoTime();
        good &= ChangesPipe.copy(source, raw, since) == rows / EVERY;
        double piped = (System.nanoTime() - start) / 1e9;
        Map<String, Double> used = cpu.seconds();
        Batches.Outcome outcome = runs.run("invoices");
        good &= outcome.progress().status() == BatchStatus.COMPLETED;
        double synced = outcome.duration().toNanos() / 1e9;
        System.out.printf(
            "pipe %.2f s (%s), batch %.2f s (%s)%s%n",
            piped,
            CpuClock.print(used),
            synced,
            CpuClock.print(outcome.cpu()),
            i == 0 ? "  (warm-up)" : "");
        if (i > 0) {
          pipe.add(piped);
          batch.add(synced);
        }
      }
    }
    System.out.printf(
        "median: pipe %.2f s, batch %.2f s: %.2f times the pipe%n",
        Median.of(pipe), Median.of(batch), Median.of(batch) / Median.of(pipe));
    for (Database target : List.of(raw, tidemark)) {
      boolean equal = TableComparison.compare(source, target, Invoices.TABLE).equal();
      System.out.println(target + (equal ? ": equal." : ": NOT EQUAL."));
      good &= equal;
    }
    return good;
  }

  private static String newest(Database source) throws SQLException {
    try (Connection session = source.open();
        Statement statement = session.createStatement();
        ResultSet row = statement.executeQuery("SELECT max(created_at) FROM c_invoice")) {
      row.next();
      return row.getString(1);
    }
  }

  private static void change(Database source, int round) throws SQLException {
    source.execute(
        ("UPDATE c_invoice SET customer = 'somebody " + round + "', created_at = now()")
            + (" WHERE c_invoice_id % " + EVERY + " = " + round),
        "VACUUM ANALYZE c_invoice",
        "CHECKPOINT");
  }
}
