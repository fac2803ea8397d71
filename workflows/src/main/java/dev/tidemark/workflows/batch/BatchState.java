package dev.tidemark.workflows.batch;

import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.verification.VerificationSummary;
import io.temporal.workflow.CancellationScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a running batch knows. The rows of sources that are still to be planned are among
 * its tables, but nobody outside sees them before they failed.
 */
final class BatchState {

  private BatchInput input;
  private final Instant startedAt;
  private final Map<TableId, TableState> tables = new LinkedHashMap<>();
  private BatchStatus status = BatchStatus.RUNNING;
  private boolean paused;
  private boolean draining;
  private @Nullable String interruption;
  private @Nullable Instant endedAt;
  private @Nullable VerificationSummary verification;
  private TableOrder order = TableOrder.NONE;
  private @Nullable CancellationScope ordering;
  private long changes;

  BatchState(BatchInput input, List<TableProgress> rows, Instant now) {
    this.input = input.withSettings(rows);
    this.startedAt = input.firstStartedAt() == null ? now : input.firstStartedAt();
    this.paused = input.paused();
    rows.forEach(row -> tables.put(row.table(), new TableState(row)));
  }

  /** What the batch was given, with what plans have told of its tables' settings since. */
  BatchInput input() {
    return input;
  }

  BatchStatus status() {
    return status;
  }

  boolean paused() {
    return paused;
  }

  /** Why the batch is being interrupted, null when it is not. */
  @Nullable String interruption() {
    return interruption;
  }

  boolean draining() {
    return draining;
  }

  /** Grows with whatever happens, so that a loop can wait for the next thing. */
  long changes() {
    return changes;
  }

  void changed() {
    changes++;
  }

  Collection<TableState> tables() {
    return tables.values();
  }

  Optional<TableState> table(TableId table) {
    return Optional.ofNullable(tables.get(table));
  }

  boolean planned() {
    return tables.values().stream().noneMatch(TableState::toBePlanned);
  }

  /** No new work is begun: the run is about to end one way or another. */
  boolean stopping() {
    return interruption != null || draining;
  }

  boolean anyRunning() {
    return tables.values().stream().anyMatch(TableState::runs);
  }

  boolean anyOpen() {
    return tables.values().stream().anyMatch(TableState::open);
  }

  Optional<TableState> nextSource() {
    return stopping()
        ? Optional.empty()
        : tables.values().stream().filter(row -> row.toBePlanned() && row.waits()).findFirst();
  }

  /**
   * The table to start next: of the source with the fewest tables in progress, the first in order
   * that does not have to wait for another one.
   */
  Optional<TableState> nextTable() {
    if (stopping() || paused || ordering != null) {
      return Optional.empty();
    }
    Map<String, Integer> running = new HashMap<>();
    int total = 0;
    for (TableState table : tables.values()) {
      if (table.runs() && !table.toBePlanned()) {
        running.merge(table.table().connection(), 1, Integer::sum);
        total++;
      }
    }
    if (total >= input.spec().parallelTables()) {
      return Optional.empty();
    }
    int perConnection = input.spec().parallelTablesPerConnection();
    Holders holders = holders();
    return tables.values().stream()
        .filter(table -> table.waits() && !table.toBePlanned())
        .filter(table -> running.getOrDefault(table.table().connection(), 0) < perConnection)
        .filter(table -> !holders.hold(table))
        .min(Comparator.comparing(table -> running.getOrDefault(table.table().connection(), 0)));
  }

  private Holders holders() {
    return new Holders(input.spec(), order, tables.values());
  }

  /** No table starts until its order is known. */
  void awaitsOrder(CancellationScope scope) {
    ordering = scope;
  }

  void ordered(TableOrder found) {
    order = found;
    ordering = null;
    changed();
  }

  private void stopAll() {
    CancellationScope scope = ordering;
    if (scope != null) {
      scope.cancel();
    }
    tables.values().forEach(TableState::stop);
  }

  /**
   * Puts tables back in the queue, once each, of which rows were refused where a related one that
   * was written since may be what they missed: rows that refer to each other, or others that
   * referred to rows that were to be deleted.
   *
   * @return whether there are any
   */
  boolean retryRelated() {
    List<TableState> again =
        tables.values().stream()
            .filter(table -> tables.values().stream().anyMatch(other -> missed(table, other)))
            .toList();
    again.forEach(TableState::retryOnceMore);
    return !again.isEmpty();
  }

  private boolean missed(TableState table, TableState other) {
    return table.mayHaveMissed(other) && order.related(table.targetTable(), other.targetTable());
  }

  /**
   * Puts what the plan found in the place of the row that stood for the source. Tables that the run
   * before left in some state keep it.
   */
  void replace(TableId source, List<TableProgress> rows) {
    tables.remove(source);
    List<TableState> all = new ArrayList<>(tables.values());
    List<TableProgress> added =
        rows.stream().filter(row -> !tables.containsKey(row.table())).toList();
    added.forEach(row -> all.add(new TableState(row)));
    input = input.withSettings(added);
    all.sort(Comparator.comparingLong(TableState::estimatedRows).reversed());
    tables.clear();
    all.forEach(table -> tables.put(table.table(), table));
    changed();
  }

  /** The comparison that follows the tables; null before it began. */
  @Nullable VerificationSummary verification() {
    return verification;
  }

  boolean verifying() {
    return verification != null && verification.status() == BatchStatus.RUNNING;
  }

  void verified(VerificationSummary summary) {
    verification = summary;
    changed();
  }

  void pause() {
    paused = true;
    tables.values().stream().filter(table -> !table.toBePlanned()).forEach(TableState::stop);
    changed();
  }

  void resume() {
    paused = false;
    changed();
  }

  /** A reason of nothing, which Temporal's tools allow, is one too. */
  void interrupt(@Nullable String reason) {
    if (interruption == null && endedAt == null) {
      interruption = reason == null || reason.isBlank() ? "interrupted" : reason;
      stopAll();
      changed();
    }
  }

  /** Stops what runs after its chunk, to go on in a new run with a short history. */
  void drain() {
    draining = true;
    stopAll();
    changed();
  }

  void end(BatchStatus end, Instant now) {
    status = end;
    endedAt = now;
    changed();
  }

  BatchProgress progress() {
    Holders holders = holders();
    return new BatchProgress(
        input.batchId(),
        input.spec().name(),
        status,
        paused,
        planned(),
        tables.values().stream()
            .filter(table -> !table.toBePlanned())
            .map(table -> waiting(table, holders))
            .toList(),
        startedAt,
        endedAt,
        verification,
        interruption);
  }

  /** With those for which it waits; remarked where that lasts until somebody does something. */
  private TableProgress waiting(TableState table, Holders holders) {
    if (!table.waits()) {
      return progress(table);
    }
    TableProgress progress = progress(table).withAfter(stopping() ? List.of() : holders.of(table));
    List<String> paused = holders.paused(table);
    if (paused.isEmpty()) {
      return progress;
    }
    List<String> remarks = new ArrayList<>(progress.remarks());
    remarks.add(
        "Waits for %s, to which it refers by a foreign key and which is paused."
            .formatted(String.join(", ", paused)));
    return progress.withRemarks(remarks);
  }

  private TableProgress progress(TableState table) {
    return table.progress().withSettings(input.spec().settings().get(table.table().toString()));
  }

  /** Input of the run that goes on from here. */
  BatchInput continued() {
    return new BatchInput(
        input.batchId(),
        input.spec(),
        input.options(),
        tables.values().stream().map(this::progress).toList(),
        startedAt,
        paused);
  }
}
