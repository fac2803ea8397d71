package dev.tidemark.bench.kills;

import dev.tidemark.bench.server.Database;
import dev.tidemark.bench.server.HomeOption;
import dev.tidemark.bench.server.MysqlOption;
import dev.tidemark.bench.server.Roles;
import dev.tidemark.bench.server.Servers;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.configuration.SyncMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Batches in every mode, whose worker is killed at random moments. */
@Command(
    name = "kills",
    description = {
      "kill -9 of the worker at random moments, in every mode, and at times of the target's",
      "sessions or server; both sides are compared after each batch."
    },
    mixinStandardHelpOptions = true)
public final class KillsCommand implements Callable<Integer> {

  @Mixin private HomeOption home = new HomeOption();

  @Option(
      names = "--mode",
      split = ",",
      defaultValue = "FULL,INCREMENTAL,DIFF,REPLACE",
      description = "default: ${DEFAULT-VALUE}")
  private List<SyncMode> modes = List.of();

  @Option(
      names = "--kills",
      defaultValue = "20",
      description = "workers to kill in each mode; default: ${DEFAULT-VALUE}")
  private int kills;

  @Option(names = "--rows", defaultValue = "300000", description = "default: ${DEFAULT-VALUE}")
  private long rows;

  @Option(
      names = "--to",
      split = ",",
      defaultValue = "MARIADB,POSTGRESQL",
      description = "targets, which take turns; default: ${DEFAULT-VALUE}")
  private List<DatabaseType> targets = List.of();

  @Option(names = "--workers-alone", description = "nobody else dies")
  private boolean workersAlone;

  @Option(names = "--seed", description = "repeats the moments and victims of a run")
  private long seed = System.nanoTime();

  @Mixin private MysqlOption mysql = new MysqlOption();

  private boolean good = true;

  @Override
  public Integer call() throws Exception {
    System.out.printf(Locale.ROOT, "seed %d (--seed repeats it)%n", seed);
    try (Servers servers = Servers.start(home.folder())) {
      List<CopiedTable> tables = tables(servers);
      Set<Database> databases = new LinkedHashSet<>();
      tables.forEach(table -> databases.addAll(List.of(table.source(), table.target())));
      int chunkRows = Math.clamp(rows / 100, 200, 20_000);
      String batches =
          tables.stream().map(table -> table.yaml(chunkRows)).collect(Collectors.joining());
      try (Roles roles = servers.roles(List.copyOf(databases), batches, Map.of())) {
        for (SyncMode mode : modes) {
          run(
              servers,
              roles,
              tables.stream().filter(table -> table.mode() == mode).toList(),
              new Random(seed ^ mode.name().hashCode()));
        }
      }
    }
    System.out.println(good ? "All equal, nothing left over." : "WRONG, see above.");
    return good ? 0 : 1;
  }

  private List<CopiedTable> tables(Servers servers) throws Exception {
    List<CopiedTable> tables = new ArrayList<>();
    for (SyncMode mode : modes) {
      String name = mode.name().toLowerCase(Locale.ROOT);
      Database source = servers.postgres("kills_" + name);
      CopiedTable.fill(source, rows);
      for (DatabaseType type : targets) {
        String there = "killed_" + name + "_" + type.name().toLowerCase(Locale.ROOT);
        tables.add(new CopiedTable(mode, source, mysql.database(servers, type, there)));
      }
    }
    return tables;
  }

  private void run(Servers servers, Roles roles, List<CopiedTable> tables, Random random)
      throws Exception {
    Map<CopiedTable, Duration> usual = new LinkedHashMap<>();
    for (CopiedTable table : tables) {
      usual.put(table, undisturbed(roles, table));
    }
    int workers = 0;
    int others = 0;
    int batches = 0;
    while (workers < kills && good) {
      CopiedTable table = tables.get(batches % tables.size());
      batches++;
      table.change(batches);
      long start = System.nanoTime();
      KillRound round = new KillRound(servers, roles, table, random, workersAlone);
      List<String> faults =
          round.run(usual.getOrDefault(table, Duration.ofSeconds(1)), kills - workers);
      workers += round.workers();
      others += round.others();
      if (round.workers() + round.others() == 0) {
        // It is quicker than thought.
        usual.merge(table, Duration.ofNanos(System.nanoTime() - start), KillsCommand::shorter);
      }
      print(table, batches, round, faults);
    }
    System.out.printf(
        "%s: %d workers, %d sessions or servers killed in %d batches%n",
        tables.getFirst().mode(), workers, others, batches);
  }

  private static Duration shorter(Duration one, Duration two) {
    return one.compareTo(two) < 0 ? one : two;
  }

  private void print(CopiedTable table, int number, KillRound round, List<String> faults) {
    good &= faults.isEmpty();
    System.out.printf(
        "  %-24s batch %2d: %s; %s%n",
        table.batch(),
        number,
        round.workers() + round.others() == 0
            ? "over before anybody was killed"
            : round.workers() + round.others() + " killed",
        faults.isEmpty() ? "completed, equal" : "WRONG: " + String.join("; ", faults));
  }

  /** The first copy, and how long a pass over all rows takes here. */
  private Duration undisturbed(Roles roles, CopiedTable table) throws Exception {
    long start = System.nanoTime();
    String batch = roles.startBatch(table.batch());
    while (roles.status(batch).equals("running")) {
      LockSupport.parkNanos(20_000_000);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    List<String> faults = table.faults(batch);
    good &= faults.isEmpty();
    System.out.printf(
        "  %-24s first copy: %.1f s; %s%n",
        table.batch(),
        took.toMillis() / 1000.0,
        faults.isEmpty() ? "equal" : "WRONG: " + String.join("; ", faults));
    return took;
  }
}
