package dev.tidemark.bench.peers;

import dev.tidemark.bench.CpuClock;
import dev.tidemark.bench.Machine;
import dev.tidemark.bench.batch.Batches;
import dev.tidemark.bench.batch.TableComparison;
import dev.tidemark.bench.pipe.Invoices;
import dev.tidemark.bench.pipe.RawPipe;
import dev.tidemark.bench.server.Database;
import dev.tidemark.bench.server.HomeOption;
import dev.tidemark.bench.server.MysqlOption;
import dev.tidemark.bench.server.Servers;
import dev.tidemark.connect.comparison.ComparisonResult;
import dev.tidemark.connect.configuration.DatabaseType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The same table by Tidemark, by the databases' own commands and by other tools, in turns. */
@Command(
    name = "peers",
    description = {
      "A table of invoices by Tidemark, the raw pipe, plain JDBC and other tools, in turns; what each",
      "leaves is compared row by row. bench/tools installs the other tools."
    },
    mixinStandardHelpOptions = true)
public final class PeersCommand implements Callable<Integer> {

  /** From this multiple of the pipe's time on, more turns would tell nobody anything. */
  private static final int SLOW = 3;

  @Mixin private HomeOption home = new HomeOption();

  @Option(names = "--rows", defaultValue = "2000000", description = "default: ${DEFAULT-VALUE}")
  private long rows;

  @Option(names = "--repetitions", defaultValue = "3", description = "default: ${DEFAULT-VALUE}")
  private int repetitions;

  @Option(
      names = "--slow-repetitions",
      description = {
        "turns of those that need more than " + SLOW + " times the raw pipe's time",
        "(default: those of --repetitions)"
      })
  private @Nullable Integer slowRepetitions;

  @Option(names = "--from", defaultValue = "POSTGRESQL", description = "default: ${DEFAULT-VALUE}")
  private DatabaseType from = DatabaseType.POSTGRESQL;

  @Option(names = "--to", defaultValue = "MARIADB", description = "default: ${DEFAULT-VALUE}")
  private DatabaseType to = DatabaseType.MARIADB;

  @Option(
      names = "--only",
      split = ",",
      description = "names of those to run, or how they begin; all without it")
  private List<String> only = List.of();

  @Option(
      names = "--parallel-ranges",
      description = "ranges that Tidemark copies at once; what the configuration says without it")
  private @Nullable Integer ranges;

  @Option(
      names = "--tools",
      description = "folder that bench/tools made (default: tools in the folder of --home)")
  private @Nullable Path tools;

  @Option(names = "--report", description = "file to which the table is written too")
  private @Nullable Path report;

  @Mixin private MysqlOption mysql = new MysqlOption();

  @Override
  public Integer call() throws Exception {
    try (Servers servers = Servers.start(home.folder())) {
      Database source = source(servers);
      Database target = mysql.database(servers, to, "peer_target");
      String batch =
          """
            invoices:
              sources: [%s]
              target: %s
              tables: [c_invoice]
          """
                  .formatted(source, target)
              + (ranges == null ? "" : "    parallel-ranges: " + ranges + "\n");
      try (Batches runs = Batches.start(servers.configuration(List.of(source, target), batch))) {
        List<Measured> all = measured(runs);
        for (Measured one : all) {
          if (one.goesOn() && !(one.peer() instanceof ProgramPeer)) {
            // They run in this process, which takes a while to become quick.
            run(new Measured(one.peer()), source, target);
          }
        }
        for (int i = 0; i < repetitions; i++) {
          for (Measured one : all) {
            if (one.goesOn() && (i < slowTurns() || !isSlow(one, all))) {
              run(one, source, target);
            }
          }
        }
        publish(table(all, source, target));
        // Only Tidemark's own result decides: the others' are what is to be shown.
        return all.stream()
                .filter(one -> one.peer() instanceof TidemarkPeer)
                .allMatch(Measured::goesOn)
            ? 0
            : 1;
      }
    }
  }

  private int slowTurns() {
    return slowRepetitions == null ? repetitions : slowRepetitions;
  }

  private static boolean isSlow(Measured one, List<Measured> all) {
    Optional<Double> pipe = pipe(all);
    return pipe.isPresent() && one.median().orElse(0.0) > SLOW * pipe.get();
  }

  /** What the raw pipe needs, in one stream. */
  private static Optional<Double> pipe(List<Measured> all) {
    return all.stream()
        .filter(one -> one.peer() instanceof PipePeer single && single.streams() == 1)
        .flatMap(one -> one.median().stream())
        .findFirst();
  }

  /** The invoices, where they are to be copied from. */
  private Database source(Servers servers) throws Exception {
    Database made = servers.postgres("invoices");
    Invoices.create(made, rows);
    if (from == DatabaseType.POSTGRESQL) {
      return made;
    }
    Database source = mysql.database(servers, from, "peer_source");
    Invoices.emptied(made, source);
    new RawPipe(1, 0).copy(made, source, rows);
    made.execute("DROP TABLE c_invoice");
    source.execute("ANALYZE TABLE c_invoice");
    return source;
  }

  private List<Measured> measured(Batches runs) throws SQLException {
    Path programs =
        (tools == null ? home.folder().path().resolve("tools") : tools).toAbsolutePath();
    List<Peer> peers = new ArrayList<>();
    peers.add(new TidemarkPeer(runs, "invoices"));
    peers.add(new PipePeer(1));
    peers.add(new PipePeer(2));
    peers.add(JdbcPeer.connectorJ());
    peers.add(JdbcPeer.mariaDbDriver());
    peers.addAll(ProgramPeer.all(programs, home.folder().path().resolve("peers")));
    List<Measured> all = new ArrayList<>();
    for (Peer peer : peers) {
      if (only.isEmpty()
          || only.stream()
              .anyMatch(
                  name ->
                      peer.name()
                          .toLowerCase(Locale.ROOT)
                          .startsWith(name.toLowerCase(Locale.ROOT)))) {
        Measured one = new Measured(peer);
        peer.absence(from, to).ifPresent(one::failed);
        all.add(one);
      }
    }
    return all;
  }

  private void run(Measured one, Database source, Database target) throws Exception {
    Invoices.emptied(source, target);
    if (one.peer().createsTheTable()) {
      target.execute("DROP TABLE c_invoice");
    }
    target.settle();
    CpuClock cpu = new CpuClock();
    long start = System.nanoTime();
    try {
      one.peer().copy(source, target, rows);
    } catch (IOException | SQLException | RuntimeException e) {
      one.failed(String.valueOf(e.getMessage()));
      System.out.printf("%-32s failed: %s%n", one.peer().name(), one.failure());
      return;
    }
    double copied = (System.nanoTime() - start) / 1e9;
    String used = CpuClock.print(cpu.seconds());
    target.settle();
    long verifying = System.nanoTime();
    String found = verified(source, target);
    double verified = (System.nanoTime() - verifying) / 1e9;
    one.took(copied, found, verified);
    System.out.printf(
        "%-32s %8.2f s (%s); %s, found in %.2f s%n",
        one.peer().name(), copied, used, found, verified);
    if (one.peer() instanceof TidemarkPeer && !found.equals("equal")) {
      one.failed(found);
    }
  }

  /** "equal", or what became of the rows. */
  private static String verified(Database source, Database target) {
    try {
      ComparisonResult result = TableComparison.compare(source, target, Invoices.TABLE);
      if (!result.equal()) {
        return "ALTERED: "
            + (result.source().rows() == result.target().rows()
                ? "such as " + result.words().getFirst()
                : result.target().rows() + " rows");
      }
      return hasKey(target) ? "equal" : "equal, but without a key";
    } catch (SQLException | RuntimeException e) {
      return "ALTERED: cannot be compared, " + e.getMessage();
    }
  }

  private static boolean hasKey(Database target) throws SQLException {
    String schema = target.type() == DatabaseType.POSTGRESQL ? "public" : null;
    try (Connection session = target.open();
        ResultSet key =
            session.getMetaData().getPrimaryKeys(target.database(), schema, Invoices.TABLE)) {
      return key.next();
    }
  }

  private String table(List<Measured> all, Database source, Database target) throws Exception {
    Optional<Double> pipe = pipe(all);
    StringBuilder table = new StringBuilder();
    table.append(
        "### %s → %s%n%n%,d rows of 12 columns, medians of runs in turns.%n%s to %s, %s.%n%n"
            .formatted(
                label(from), label(to), rows, version(source), version(target), Machine.words()));
    table.append(
        "| by | version | runs | seconds | rows/s | times the pipe | result | verified in |\n");
    table.append("| --- | --- | ---: | ---: | ---: | ---: | --- | ---: |\n");
    for (Measured one : all) {
      table.append(one.line(rows, pipe)).append('\n');
    }
    return table.toString();
  }

  private static String label(DatabaseType type) {
    return switch (type) {
      case POSTGRESQL -> "PostgreSQL";
      case MYSQL -> "MySQL";
      case MARIADB -> "MariaDB";
    };
  }

  private static String version(Database database) throws SQLException {
    try (Connection session = database.open()) {
      return label(database.type()) + " " + session.getMetaData().getDatabaseProductVersion();
    }
  }

  private void publish(String table) throws IOException {
    System.out.println();
    System.out.println(table);
    if (report != null) {
      Files.writeString(report, table);
    }
  }
}
