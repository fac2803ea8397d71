package dev.tidemark.bench.changing;

import dev.tidemark.bench.batch.Batches;
import dev.tidemark.bench.batch.TableComparison;
import dev.tidemark.bench.server.Database;
import dev.tidemark.bench.server.HomeOption;
import dev.tidemark.bench.server.MysqlOption;
import dev.tidemark.bench.server.Servers;
import dev.tidemark.connect.comparison.ComparisonResult;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.configuration.SyncMode;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.table.RowCounts;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Syncs a table again and again while it changes, and once more when it is quiet. */
@Command(
    name = "changing",
    description = {
      "A source that changes while it is copied, from many sessions, with transactions that commit",
      "late or never; both sides are compared after one more sync."
    },
    mixinStandardHelpOptions = true)
public final class ChangingCommand implements Callable<Integer> {

  @Mixin private HomeOption home = new HomeOption();

  @Option(
      names = "--mode",
      split = ",",
      defaultValue = "INCREMENTAL,DIFF",
      description = "default: ${DEFAULT-VALUE}")
  private List<SyncMode> modes = List.of();

  @Option(
      names = "--from",
      split = ",",
      defaultValue = "POSTGRESQL,MARIADB",
      description = "default: ${DEFAULT-VALUE}")
  private List<DatabaseType> sources = List.of();

  @Option(names = "--seconds", defaultValue = "60", description = "default: ${DEFAULT-VALUE}")
  private int seconds;

  @Option(
      names = "--rate",
      defaultValue = "1000",
      description = "changes a second; default: ${DEFAULT-VALUE}")
  private int rate;

  @Option(
      names = "--rows",
      defaultValue = "100000",
      description = "at the start, 1000000 at most; default: ${DEFAULT-VALUE}")
  private long rows;

  @Option(names = "--seed", description = "of the writers")
  private long seed = System.nanoTime();

  @Mixin private MysqlOption mysql = new MysqlOption();

  @Override
  public Integer call() throws Exception {
    System.out.printf(Locale.ROOT, "seed %d%n", seed);
    boolean good = true;
    try (Servers servers = Servers.start(home.folder())) {
      for (DatabaseType type : sources) {
        for (SyncMode mode : modes) {
          good &= run(servers, type, mode);
        }
      }
    }
    return good ? 0 : 1;
  }

  private boolean run(Servers servers, DatabaseType type, SyncMode mode) throws Exception {
    Database source = mysql.database(servers, type, "changing");
    Database target =
        type == DatabaseType.POSTGRESQL ? servers.mariaDb("changed") : servers.postgres("changed");
    Accounts accounts = new Accounts(source);
    accounts.create(rows);
    // Rows that are gone leave no time behind that an incremental pass could see.
    boolean deletes = mode == SyncMode.DIFF || mode == SyncMode.REPLACE;
    System.out.printf(
        "%s to %s, mode %s%s%n",
        type,
        target.type(),
        mode.name().toLowerCase(Locale.ROOT),
        deletes ? "" : ", which carries no deletes, so the writers make none");
    try (Batches runs = Batches.start(servers.configuration(List.of(source, target), yaml(mode)))) {
      try (Writers writers =
          Writers.start(accounts, rows, deletes, rate, new Random(seed ^ type.name().hashCode()))) {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        boolean completed = true;
        int passes = 0;
        while (completed && System.nanoTime() < end) {
          completed = sync(runs, "pass " + ++passes);
        }
        System.out.println("  " + writers.stop());
        return completed && sync(runs, "one more") && equal(source, target);
      }
    }
  }

  private static String yaml(SyncMode mode) {
    return """
      accounts:
        sources: [changing]
        target: changed
        tables: [account]
        mode: %s
    """
            .formatted(mode.name().toLowerCase(Locale.ROOT))
        + switch (mode) {
          case FULL, REPLACE -> "";
          case INCREMENTAL -> "    change-column: changed_at\n";
          case DIFF -> "    deletes: hard\n";
        };
  }

  private static boolean sync(Batches runs, String name) {
    Batches.Outcome outcome = runs.run("accounts");
    boolean completed = outcome.progress().status() == BatchStatus.COMPLETED;
    RowCounts counts = outcome.progress().tables().getFirst().counts();
    System.out.printf(
        "  %-9s %5.1f s: %,d read, %,d inserted, %,d updated, %,d deleted%s%n",
        name,
        outcome.duration().toMillis() / 1000.0,
        counts.read(),
        counts.inserted(),
        counts.updated(),
        counts.deleted(),
        completed ? "" : "; " + outcome.progress());
    return completed;
  }

  private static boolean equal(Database source, Database target) throws Exception {
    ComparisonResult result = TableComparison.compare(source, target, Accounts.TABLE);
    System.out.printf(
        "  %,d rows in the source, %,d in the target: %s%n",
        result.source().rows(),
        result.target().rows(),
        result.equal() ? "equal" : "NOT EQUAL " + result.words());
    return result.equal() && result.source().rows() > 0;
  }
}
