package dev.tidemark.workflows.batch;

import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.WhenBusy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Batches to test with. */
public final class Batches {

  public static final String ID = "sync_20251108_143052_aB3dEf9h";
  public static final ErrorDetail NO_KEY =
      new ErrorDetail("NO_KEY", "The table has no key.", "Name the columns under key:.");
  public static final ErrorDetail REFUSED =
      new ErrorDetail("CONSTRAINT_VIOLATED", "A foreign key refused it.", "Sync the other first.");
  public static final ErrorDetail UNREACHABLE =
      new ErrorDetail("CONNECTION_FAILED", "connection refused", "Check the address.");

  private Batches() {}

  public static BatchInput of(String... sources) {
    return of(4, 2, sources);
  }

  public static BatchInput of(int parallel, int perConnection, String... sources) {
    return of(parallel, perConnection, Map.of(), sources);
  }

  static BatchInput of(Map<String, TableSpec> settings, String... sources) {
    return of(4, 2, settings, sources);
  }

  /** Sources that write a slice each, or all of the target's tables. */
  static BatchInput of(SourceSpec... sources) {
    return of(4, 2, Map.of(), List.of(sources));
  }

  private static BatchInput of(
      int parallel, int perConnection, Map<String, TableSpec> settings, String... sources) {
    return of(
        parallel,
        perConnection,
        settings,
        Stream.of(sources)
            .map(source -> new SourceSpec(source, Map.of("branch", source)))
            .toList());
  }

  private static BatchInput of(
      int parallel, int perConnection, Map<String, TableSpec> settings, List<SourceSpec> sources) {
    BatchSpec spec =
        new BatchSpec(
            "branches",
            sources,
            "dashboard",
            List.of("*"),
            List.of(),
            TableSpec.DEFAULT,
            settings,
            parallel,
            perConnection,
            new RetrySpec(2, Duration.ofSeconds(1), Duration.ofSeconds(5), 2),
            WhenBusy.WAIT,
            true);
    return BatchInput.first(ID, spec, new BatchOptions(List.of(), List.of(), "test"));
  }

  /** The batch again, with what the run before left. */
  public static BatchInput resumed(BatchInput input, BatchProgress before) {
    return new BatchInput(
        input.batchId(), input.spec(), input.options(), before.tables(), before.startedAt(), false);
  }

  public static TableId id(String connection, String table) {
    return new TableId(connection, "public", table);
  }

  /** Tables of these names, the first the largest. */
  public static List<PlannedTable> tables(String connection, String... names) {
    return IntStream.range(0, names.length)
        .mapToObj(
            index ->
                new PlannedTable(id(connection, names[index]), names[index], 1000L - index, null))
        .toList();
  }

  public static List<PlannedTable> tables(String connection, int count) {
    return tables(
        connection,
        IntStream.range(0, count).mapToObj(index -> "t" + index).toArray(String[]::new));
  }
}
