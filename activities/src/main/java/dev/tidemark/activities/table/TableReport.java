package dev.tidemark.activities.table;

import dev.tidemark.connect.checkpoint.Checkpoint;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.TableHeartbeat;
import dev.tidemark.workflows.table.TableTask;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a running copy says of itself; written by the copy, read by its heartbeats. */
final class TableReport {

  private final TableTask task;
  private final Speedometer speedometer = new Speedometer();
  private @Nullable String cursor;
  private RowCounts counts;
  private int failures;
  private int retries;
  private @Nullable String waitingFor;

  TableReport(TableTask task, Optional<TableHeartbeat> before) {
    this.task = task;
    // Until the checkpoint is read, what the attempt before said is the best that is known.
    this.cursor = before.map(TableHeartbeat::cursor).orElse(null);
    this.counts = before.map(TableHeartbeat::counts).orElse(RowCounts.NONE);
    this.failures = before.map(TableHeartbeat::failures).orElse(0);
    this.retries = before.map(TableHeartbeat::retries).orElse(0);
  }

  /** The copy stands at this checkpoint, found or committed. */
  synchronized void at(Checkpoint reached) {
    cursor = reached.cursor() == null ? null : String.join(", ", reached.cursor());
    counts =
        new RowCounts(reached.read(), reached.inserted(), reached.updated(), reached.skipped());
    waitingFor = null;
    speedometer.note(System.nanoTime(), reached.read());
  }

  /** A chunk was committed: earlier failures are mended. */
  synchronized void committed(Checkpoint reached) {
    failures = 0;
    at(reached);
  }

  /** Real failures in a row so far. */
  synchronized int failures() {
    return failures;
  }

  /** One more failure; how many in a row that makes. */
  synchronized int failed() {
    retries++;
    return ++failures;
  }

  /** Null when it waits no more. */
  synchronized void waitsFor(@Nullable String holder) {
    waitingFor = holder;
  }

  synchronized int retries() {
    return retries;
  }

  synchronized RowCounts counts() {
    return counts;
  }

  synchronized TableHeartbeat heartbeat() {
    return new TableHeartbeat(
        task.source(),
        cursor,
        counts,
        task.estimatedRows(),
        speedometer.rowsPerSecond(System.nanoTime()),
        failures,
        retries,
        waitingFor);
  }
}
