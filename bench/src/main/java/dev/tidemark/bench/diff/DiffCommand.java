package dev.tidemark.bench.diff;

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
import dev.tidemark.connect.comparison.ComparisonResult;
import dev.tidemark.connect.comparison.Difference;
import dev.tidemark.connect.comparison.Difference.Kind;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.verification.Findings;
import dev.tidemark.workflows.verification.VerificationReport;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds the rows that differ in a table of invoices, what that costs, and mends them. */
@Command(
    name = "diff",
    description = "A comparison of both sides against the databases' own scan, in turns.",
    mixinStandardHelpOptions = true)
public final class DiffCommand implements Callable<Integer> {

  /**
   * The source never has these, so that the target can have them in addition, all over the table.
   */
  private static final long ONLY_IN_TARGET = 19;

  private static final long ONLY_IN_SOURCE = 13;
  private static final long CHANGED = 7;

  @Mixin private HomeOption home = new HomeOption();
  @Mixin private TargetOptions targets = new TargetOptions();

  @Option(names = "--rows", defaultValue = "2000000", description = "default: ${DEFAULT-VALUE}")
  private long rows;

  @Option(names = "--repetitions", defaultValue = "3", description = "default: ${DEFAULT-VALUE}")
  private int repetitions;

  @Override
  public Integer call() throws Exception {
    try (Servers servers = Servers.start(home.folder())) {
      Database source = servers.postgres("invoices");
      Invoices.create(source, rows);
      source.execute(
          "DELETE FROM c_invoice WHERE c_invoice_id % 1000 = " + ONLY_IN_TARGET,
          "VACUUM ANALYZE c_invoice",
          "CHECKPOINT");
      for (DatabaseType type : targets.types()) {
        measure(servers, source, type);
      }
    }
    return 0;
  }

  private void measure(Servers servers, Database source, DatabaseType type) throws Exception {
    Database equal = copy(source, targets.database(servers, type, "equal"));
    Database changed = copy(source, targets.database(servers, type, "changed"));
    change(changed);
    equal.settle();
    changed.settle();
    System.out.printf("PostgreSQL and %s, %,d rows of 12 columns, seconds%n", type, rows);
    System.out.printf("%10s %14s %14s%n", "own scan", "0 % differs", "1.2 % differ");
    List<Double> scans = new ArrayList<>();
    List<Double> equals = new ArrayList<>();
    List<Double> changes = new ArrayList<>();
    // One round to warm up the servers' memory, and Java.
    for (int i = 0; i <= repetitions; i++) {
      double scan = seconds("own scan", () -> OwnScan.run(source, equal));
      double same =
          seconds(
              "0 % differs",
              () -> require(compare(source, equal).equal(), "equal sides were said to differ"));
      double other = seconds("1.2 % differ", () -> exactly(compare(source, changed)));
      System.out.printf("%10.2f %14.2f %14.2f%s%n", scan, same, other, i == 0 ? "  (warm-up)" : "");
      if (i > 0) {
        scans.add(scan);
        equals.add(same);
        changes.add(other);
      }
    }
    double scan = Median.of(scans);
    System.out.printf(
        "median: own scan %.2f s; times the own scan: 0 %% differs %.2f, 1.2 %% differ %.2f%n",
        scan, Median.of(equals) / scan, Median.of(changes) / scan);
    mend(servers, source, changed);
  }

  /**
   * Finds the rows by a verification, brings the changed side in step as a repair does, and
   * verifies once more.
   */
  private void mend(Servers servers, Database source, Database changed) throws Exception {
    found(compare(source, changed));
    String batch =
        """
          mend:
            sources: [%s]
            target: %s
            mode: diff
            deletes: hard
        """
            .formatted(source, changed);
    try (Batches runs = Batches.start(servers.configuration(List.of(source, changed), batch))) {
      Findings found = findings(runs.verify("mend"));
      require(found.different() == changedKeys().size(), "changed rows, by a verification");
      require(found.missing() == missingKeys().size(), "missing rows, by a verification");
      require(found.extra() == extraKeys().size(), "rows in addition, by a verification");
      Batches.Outcome outcome = runs.run("mend");
      require(
          outcome.progress().status() == BatchStatus.COMPLETED,
          "the end of the batch: " + outcome.progress());
      RowCounts counts = outcome.progress().tables().getFirst().counts();
      System.out.printf(
          "mended by a batch in %.1f s: %,d updated, %,d inserted, %,d deleted%n",
          outcome.duration().toMillis() / 1000.0,
          counts.updated(),
          counts.inserted(),
          counts.deleted());
      require(counts.updated() == changedKeys().size(), "rows that were mended");
      require(counts.inserted() == missingKeys().size(), "rows that were brought");
      require(counts.deleted() == extraKeys().size(), "rows that were removed");
      Findings after = findings(runs.verify("mend"));
      System.out.printf(
          "afterwards %,d rows in the source, %,d in the target: %s%n",
          after.sourceRows(), after.targetRows(), after.differing() == 0 ? "equal" : "NOT EQUAL");
      require(after.differing() == 0, "both sides after they were mended");
    }
  }

  private static Findings findings(VerificationReport report) {
    require(report.status() == BatchStatus.COMPLETED, "the end of the verification: " + report);
    return Objects.requireNonNull(report.tables().getFirst().findings());
  }

  /** What was changed, and what was found of it: the keys themselves are compared. */
  private void found(ComparisonResult result) {
    exactly(result);
    System.out.printf("%-24s %12s %12s%n", "", "expected", "found");
    System.out.printf(
        "%-24s %,12d %,12d%n",
        "changed", changedKeys().size(), keys(result, Kind.DIFFERENT).size());
    System.out.printf(
        "%-24s %,12d %,12d%n",
        "missing in the target", missingKeys().size(), keys(result, Kind.MISSING).size());
    System.out.printf(
        "%-24s %,12d %,12d   the same keys%n",
        "only in the target", extraKeys().size(), keys(result, Kind.EXTRA).size());
  }

  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  private static double seconds(String what, Work work) throws Exception {
    CpuClock cpu = new CpuClock();
    long start = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    Map<String, Double> used = cpu.seconds();
    System.out.printf(
        "    CPU seconds of %s: %.1f (%s)%n", what, CpuClock.sum(used), CpuClock.print(used));
    return seconds;
  }

  private static ComparisonResult compare(Database source, Database target) throws SQLException {
    return TableComparison.compare(source, target, Invoices.TABLE, Integer.MAX_VALUE);
  }

  /** Every key that was touched, as it was touched, and no other. */
  private void exactly(ComparisonResult result) {
    require(keys(result, Kind.DIFFERENT).equals(changedKeys()), "changed rows");
    require(keys(result, Kind.MISSING).equals(missingKeys()), "missing rows");
    require(keys(result, Kind.EXTRA).equals(extraKeys()), "rows in addition");
  }

  private static List<Long> keys(ComparisonResult result, Kind kind) {
    return result.first().stream()
        .filter(difference -> difference.kind() == kind)
        .map(Difference::key)
        .map(key -> Long.valueOf(key.getFirst()))
        .sorted()
        .collect(Collectors.toList());
  }

  private List<Long> changedKeys() {
    return touched(100, CHANGED);
  }

  private List<Long> missingKeys() {
    return touched(1000, ONLY_IN_SOURCE);
  }

  private List<Long> extraKeys() {
    return touched(1000, ONLY_IN_TARGET);
  }

  private List<Long> touched(long every, long rest) {
    return LongStream.rangeClosed(1, rows)
        .filter(id -> id % every == rest)
        .boxed()
        .collect(Collectors.toList());
  }

  private static void require(boolean right, String what) {
    if (!right) {
      throw new IllegalStateException("Not found as they are: " + what + ".");
    }
  }

  private static Database copy(Database source, Database target) throws Exception {
    Invoices.emptied(source, target);
    long copied = new RawPipe(1, 0).copy(source, target, Long.MAX_VALUE);
    require(copied > 0, "rows to compare");
    return target;
  }

  private static void change(Database target) throws SQLException {
    target.execute(
        "UPDATE c_invoice SET customer = 'somebody else' WHERE c_invoice_id % 100 = " + CHANGED,
        "DELETE FROM c_invoice WHERE c_invoice_id % 1000 = " + ONLY_IN_SOURCE,
        "INSERT INTO c_invoice SELECT c_invoice_id + 1, ad_org_id, document_no, customer, note,"
            + " qty, grand_total, tax, invoiced_on, paid, created_at, updated_at FROM c_invoice"
            + " WHERE (c_invoice_id + 1) % 1000 = "
            + ONLY_IN_TARGET);
  }
}
