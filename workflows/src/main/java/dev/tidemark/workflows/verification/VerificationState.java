package dev.tidemark.workflows.verification;

import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.batch.SourceSpec;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which tables are to be compared, are being compared, and have been. */
final class VerificationState {

  private final VerificationInput input;
  private final Instant startedAt;
  private final Map<TableId, VerifiedTable> tables = new LinkedHashMap<>();
  private final Map<TableId, TableProgress> planned = new HashMap<>();
  private BatchSpec spec;
  private int sourcesToPlan;
  private int keysPromised;
  private BatchStatus status = BatchStatus.RUNNING;
  private @Nullable Instant endedAt;

  VerificationState(VerificationInput input, Instant startedAt) {
    this.input = input;
    this.startedAt = startedAt;
    this.spec = input.spec();
    this.sourcesToPlan = spec.sources().size();
  }

  List<String> sources() {
    return spec.sources().stream().map(SourceSpec::connection).toList();
  }

  /** A source has said which tables it has; failed rows stand for those that it cannot tell. */
  void planned(List<TableProgress> rows) {
    sourcesToPlan--;
    spec = spec.withSettings(rows);
    for (TableProgress row : rows) {
      boolean failed = row.status() == TableStatus.FAILED;
      planned.put(row.table(), row);
      set(row.table(), failed ? TableStatus.FAILED : TableStatus.PENDING, null, row.error());
    }
  }

  /** The next table that may start beside those under way. */
  Optional<TableId> next() {
    List<TableId> running =
        tables.values().stream()
            .filter(table -> table.status() == TableStatus.IN_PROGRESS)
            .map(VerifiedTable::table)
            .toList();
    if (running.size() >= spec.parallelTables()) {
      return Optional.empty();
    }
    return tables.values().stream()
        .filter(table -> table.status() == TableStatus.PENDING)
        .map(VerifiedTable::table)
        .filter(
            table ->
                running.stream().filter(other -> sameSource(other, table)).count()
                    < spec.parallelTablesPerConnection())
        .findFirst();
  }

  private static boolean sameSource(TableId one, TableId two) {
    return one.connection().equals(two.connection());
  }

  /** Takes the table's share of the keys that may be named. */
  VerificationTask start(TableId table) {
    TableProgress row = row(table);
    int limit = Math.min(input.limit(), VerificationInput.MOST_KEYS - keysPromised);
    keysPromised += limit;
    set(table, TableStatus.IN_PROGRESS, null, null);
    return new VerificationTask(spec.task(table, row.targetTable(), row.estimatedRows(), 1), limit);
  }

  void compared(VerificationTask task, Findings findings) {
    // What it did not need is for others.
    keysPromised -= task.limit() - findings.first().size();
    set(task.table().source(), TableStatus.COMPLETED, findings, null);
  }

  /** It was canceled. */
  void left(VerificationTask task) {
    keysPromised -= task.limit();
    set(task.table().source(), TableStatus.PENDING, null, null);
  }

  boolean anyRunning() {
    return tables.values().stream().anyMatch(table -> table.status() == TableStatus.IN_PROGRESS);
  }

  void failed(VerificationTask task, ErrorDetail error) {
    keysPromised -= task.limit();
    set(task.table().source(), TableStatus.FAILED, null, error);
  }

  boolean ended() {
    return sourcesToPlan == 0
        && tables.values().stream()
            .noneMatch(
                table ->
                    table.status() == TableStatus.PENDING
                        || table.status() == TableStatus.IN_PROGRESS);
  }

  void end(Instant now) {
    boolean failed =
        tables.isEmpty()
            || tables.values().stream().anyMatch(table -> table.status() == TableStatus.FAILED);
    status = failed ? BatchStatus.FAILED : BatchStatus.COMPLETED;
    endedAt = now;
  }

  void interrupt(Instant now) {
    status = BatchStatus.INTERRUPTED;
    endedAt = now;
  }

  private TableProgress row(TableId table) {
    TableProgress row = planned.get(table);
    if (row == null) {
      throw new IllegalArgumentException(table + " was not planned");
    }
    return row;
  }

  private void set(
      TableId table,
      TableStatus tableStatus,
      @Nullable Findings findings,
      @Nullable ErrorDetail error) {
    tables.put(
        table, new VerifiedTable(table, row(table).targetTable(), tableStatus, findings, error));
  }

  VerificationReport report() {
    return new VerificationReport(
        input.id(),
        spec.name(),
        spec.target(),
        status,
        sourcesToPlan == 0,
        startedAt,
        endedAt,
        new ArrayList<>(tables.values()));
  }
}
