package dev.tidemark.workflows.batch;

import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.SliceWait;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableResult;
import dev.tidemark.workflows.table.TableStatus;
import io.temporal.workflow.CancellationScope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One table of a running batch. */
final class TableState {

  /** Code of what a target's constraints refuse. */
  private static final String CONSTRAINT_VIOLATED = "CONSTRAINT_VIOLATED";

  private final TableId table;
  private final String targetTable;
  private final long estimatedRows;
  private TableStatus status;
  private boolean paused;
  private RowCounts counts;
  private int retries;
  private @Nullable ErrorDetail error;
  private @Nullable Instant startedAt;
  private @Nullable Instant endedAt;
  private @Nullable Instant lastStartedAt;

  private List<String> remarks;

  private int retriesBefore;
  private int generation;
  private boolean skipping;
  private boolean triedAgain;
  private @Nullable CancellationScope running;
  private @Nullable SliceWait wait;
  private @Nullable CancellationScope waiting;

  TableState(TableProgress progress) {
    table = progress.table();
    targetTable = progress.targetTable();
    estimatedRows = progress.estimatedRows();
    status = progress.status();
    paused = progress.paused();
    counts = progress.counts();
    retries = progress.retries();
    error = progress.error();
    startedAt = progress.startedAt();
    endedAt = progress.endedAt();
    // A run before this one may have started it later; then it is tried once more than it need be.
    lastStartedAt = startedAt;
    remarks = progress.remarks();
  }

  TableId table() {
    return table;
  }

  String targetTable() {
    return targetTable;
  }

  long estimatedRows() {
    return estimatedRows;
  }

  TableStatus status() {
    return status;
  }

  boolean paused() {
    return paused;
  }

  boolean skipping() {
    return skipping;
  }

  boolean waits() {
    return status == TableStatus.PENDING && !paused && wait == null;
  }

  /** Whether another run holds its slice, and it starts again when that is free. */
  boolean waitsForSlice() {
    return wait != null;
  }

  /** Whether the row stands for a source that is still to be planned. */
  boolean toBePlanned() {
    return UnplannedSource.is(table) && open();
  }

  boolean runs() {
    return status == TableStatus.IN_PROGRESS;
  }

  boolean open() {
    return status == TableStatus.PENDING || status == TableStatus.IN_PROGRESS;
  }

  /** Marks the table as started and counts the generation, from 1. */
  int start(CancellationScope scope, Instant now) {
    status = TableStatus.IN_PROGRESS;
    running = scope;
    retriesBefore = retries;
    startedAt = startedAt == null ? now : startedAt;
    lastStartedAt = now;
    return ++generation;
  }

  /** It cannot start until this wait is over. */
  void awaitsSlice(SliceWait slice, CancellationScope scope) {
    wait = slice;
    waiting = scope;
  }

  /** A wait is over; it may be one that was given up before. */
  void sliceAwaited(SliceWait over) {
    if (over.equals(wait)) {
      wait = null;
      waiting = null;
    }
  }

  private void stopWaiting() {
    CancellationScope scope = waiting;
    wait = null;
    waiting = null;
    if (scope != null) {
      scope.cancel();
    }
  }

  /** Asks the running activity to leave after its chunk, and gives up waiting for a slice. */
  void stop() {
    stopWaiting();
    if (running != null && !running.isCancelRequested()) {
      running.cancel();
    }
  }

  /** The activity answered. */
  void ended(TableResult result, Instant now) {
    count(result);
    if (result.finished()) {
      end(TableStatus.COMPLETED, now);
      paused = false;
    } else {
      left(now);
    }
  }

  /** The activity left before the last row, because it was asked to. */
  void left(Instant now) {
    if (skipping) {
      end(TableStatus.SKIPPED, now);
    } else {
      status = TableStatus.PENDING;
      running = null;
    }
  }

  void failed(ErrorDetail why, Instant now) {
    if (skipping) {
      end(TableStatus.SKIPPED, now);
    } else {
      end(TableStatus.FAILED, now);
      error = why;
    }
  }

  /** An activity counts the failures of its own attempts only. */
  void count(TableResult result) {
    counts = result.counts();
    remarks = result.remarks();
    retries = retriesBefore + result.retries();
  }

  void skip(Instant now) {
    if (runs()) {
      skipping = true;
      stop();
    } else {
      end(TableStatus.SKIPPED, now);
    }
  }

  /** Back in the queue; a table that is on its way out as skipped stays in. */
  void retry() {
    skipping = false;
    if (!runs()) {
      status = TableStatus.PENDING;
      paused = false;
      error = null;
      endedAt = null;
    }
  }

  /**
   * Whether rows of it were refused that the other one may let pass, which was written since this
   * one was started: a row may have been refused long before the table failed.
   */
  boolean mayHaveMissed(TableState other) {
    return status == TableStatus.FAILED
        && !triedAgain
        && error != null
        && error.code().equals(CONSTRAINT_VIOLATED)
        && lastStartedAt != null
        && other.status == TableStatus.COMPLETED
        && other.endedAt != null
        && other.endedAt.isAfter(lastStartedAt);
  }

  void retryOnceMore() {
    triedAgain = true;
    retry();
  }

  void pause() {
    paused = true;
    stop();
  }

  void resume() {
    paused = false;
  }

  private void end(TableStatus end, Instant now) {
    stopWaiting();
    status = end;
    endedAt = now;
    running = null;
    skipping = false;
  }

  TableProgress progress() {
    return new TableProgress(
            table,
            targetTable,
            status,
            paused,
            estimatedRows,
            counts,
            retries,
            error,
            startedAt,
            endedAt)
        .withRemarks(remarks);
  }
}
