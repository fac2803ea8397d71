package dev.tidemark.bench.heap;

import dev.tidemark.bench.batch.TableComparison;
import dev.tidemark.bench.pipe.Invoices;
import dev.tidemark.bench.server.Database;
import dev.tidemark.bench.server.HomeOption;
import dev.tidemark.bench.server.MysqlOption;
import dev.tidemark.bench.server.Roles;
import dev.tidemark.bench.server.Servers;
import dev.tidemark.connect.comparison.ComparisonResult;
import dev.tidemark.connect.configuration.DatabaseType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Copies a very large table with a worker process of little heap, and says how much it took. */
@Command(
    name = "heap",
    description = {
      "A very large table, copied by a worker process with -Xmx512m, as it is started everywhere:",
      "how much of its heap was in use after collections, and how much memory it held."
    },
    mixinStandardHelpOptions = true)
public final class HeapCommand implements Callable<Integer> {

  @Mixin private HomeOption home = new HomeOption();

  @Option(names = "--rows", defaultValue = "10000000", description = "default: ${DEFAULT-VALUE}")
  private long rows;

  @Option(names = "--to", defaultValue = "MARIADB", description = "default: ${DEFAULT-VALUE}")
  private DatabaseType type = DatabaseType.MARIADB;

  @Mixin private MysqlOption mysql = new MysqlOption();

  @Override
  public Integer call() throws Exception {
    try (Servers servers = Servers.start(home.folder())) {
      Database source = servers.postgres("invoices");
      Invoices.create(source, rows);
      Database target = mysql.database(servers, type, "heap_invoices");
      boolean completed = copy(servers, source, target);
      ComparisonResult result = TableComparison.compare(source, target, Invoices.TABLE);
      System.out.printf(
          "%,d rows in the source, %,d in the target: %s%n",
          result.source().rows(),
          result.target().rows(),
          result.equal() ? "equal" : "NOT EQUAL " + result.words());
      // So that the next benchmark has the room.
      source.execute("DROP TABLE c_invoice");
      target.execute("DROP TABLE c_invoice");
      return completed && result.equal() ? 0 : 1;
    }
  }

  private boolean copy(Servers servers, Database source, Database target) throws Exception {
    String batch =
        """
          invoices:
            sources: [%s]
            target: %s
        """
            .formatted(source, target);
    Path log = home.folder().log("worker-gc");
    Files.deleteIfExists(log);
    Map<String, String> environment = Map.of("JAVA_TOOL_OPTIONS", GcLog.option(log));
    try (Roles roles = servers.roles(List.of(source, target), batch, environment)) {
      long start = System.nanoTime();
      String id = roles.startBatch("invoices");
      while (roles.status(id).equals("running")) {
        LockSupport.parkNanos(200_000_000);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      long resident = peakResidentMebibytes(roles.workerPid());
      String status = roles.status(id);
      GcLog gc = GcLog.read(log);
      System.out.printf(
          "PostgreSQL to %s, %,d rows of 12 columns: %s in %.1f s (%,.0f rows/s)%n",
          type, rows, status, seconds, rows / seconds);
      System.out.printf(
          "heap of the worker, at most 512 MiB: %,d MiB in use after a collection, %,d MiB before one,"
              + " %,d MiB in size; %,d collections; at most %,d MiB of memory in all%n",
          gc.peakAfter(), gc.peakBefore(), gc.size(), gc.pauses(), resident);
      return status.equals("completed") && gc.pauses() > 0;
    }
  }

  /** The most that a process ever held in memory; Linux only, zero elsewhere. */
  private static long peakResidentMebibytes(long pid) throws IOException {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}
