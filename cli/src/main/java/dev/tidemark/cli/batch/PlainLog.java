package dev.tidemark.cli.batch;

import dev.tidemark.cli.client.RetryLog;
import dev.tidemark.cli.client.SyncError;
import dev.tidemark.cli.client.Table;
import dev.tidemark.cli.terminal.Words;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tells progress where lines stay: in a file, or in the log of a scheduler. */
final class PlainLog {

  private static final long BETWEEN_NUMBERS = TimeUnit.SECONDS.toNanos(5);

  private record Told(String status, @Nullable String error, @Nullable String waitingFor) {}

  private final Consumer<String> lines;
  private final LongSupplier nanos;
  private final Map<String, Told> told = new HashMap<>();
  private final RetryLog retries;
  private long numbersTold;
  private long answered;
  private boolean silenceTold;
  private boolean comparingTold;

  /**
   * A log that has told nothing yet.
   *
   * @param lines takes the lines
   * @param nanos a clock as {@link System#nanoTime()}
   */
  PlainLog(Consumer<String> lines, LongSupplier nanos) {
    this.lines = lines;
    this.nanos = nanos;
    this.retries = new RetryLog(lines);
    this.numbersTold = nanos.getAsLong();
    this.answered = numbersTold;
  }

  /** Tells what is new since the last call, and every few seconds the numbers. */
  void tell(Progress progress) {
    if (progress.running() && !progress.live()) {
      tellSilence();
      return;
    }
    answered = nanos.getAsLong();
    silenceTold = false;
    retries.tell(progress.retries());
    boolean numbers = nanos.getAsLong() - numbersTold >= BETWEEN_NUMBERS;
    for (Table table : progress.tables()) {
      String error = table.error() == null ? null : Errors.text(table.error());
      Told before = told.put(table.id(), new Told(table.status(), error, table.waitingFor()));
      if (before == null ? !table.is("pending") : !before.status().equals(table.status())) {
        lines.accept(table.label() + " " + status(table));
      } else if (numbers && table.is("in_progress")) {
        lines.accept(table.label() + " " + numbers(table));
      }
      if (table.waitingFor() != null
          && (before == null || !Objects.equals(before.waitingFor(), table.waitingFor()))) {
        lines.accept(table.label() + " waits: " + table.waitingFor());
      }
      if (error != null && (before == null || !Objects.equals(before.error(), error))) {
        tellError(table, table.error());
      }
    }
    if (progress.comparing() && !comparingTold) {
      lines.accept("Comparing both sides.");
    }
    comparingTold = progress.comparing();
    if (numbers) {
      numbersTold = nanos.getAsLong();
    }
  }

  /** The archive answers in the worker's place, and may be older than what was told before. */
  private void tellSilence() {
    if (!silenceTold && nanos.getAsLong() - answered > BETWEEN_NUMBERS) {
      silenceTold = true;
      lines.accept("No worker answers; waiting for one.");
    }
  }

  private void tellError(Table table, @Nullable SyncError error) {
    if (error == null || table.is("completed") || table.is("skipped")) {
      return;
    }
    lines.accept("  ✗ " + Errors.text(error) + Errors.retry(table));
    if (error.remedy() != null) {
      lines.accept("  → " + error.remedy());
    }
  }

  private static String status(Table table) {
    return table.isClosed()
        ? Words.status(table.status())
            + ": "
            + Words.plural(table.recordsProcessed(), "row")
            + Words.took(table.durationSeconds())
            + DeadLetters.behind(table)
        : Words.status(table.status());
  }

  private static String numbers(Table table) {
    StringBuilder text = new StringBuilder(Words.count(table.recordsProcessed()));
    if (table.estimatedRows() > 0) {
      text.append(" of about ").append(Words.count(table.estimatedRows()));
    }
    text.append(" rows");
    if (!Words.speed(table.rowsPerSecond()).isEmpty()) {
      text.append(", ").append(Words.speed(table.rowsPerSecond()));
    }
    if (table.secondsLeft() != null) {
      text.append(", ").append(Words.duration(table.secondsLeft().doubleValue())).append(" left");
    }
    if (table.waitingFor() != null) {
      text.append(", waits: ").append(table.waitingFor());
    } else if (table.nextRetryAt() != null) {
      text.append(", tries again at ").append(Words.clock(table.nextRetryAt()));
    } else if (table.error() != null) {
      text.append(", tries again");
    }
    return text.toString();
  }
}
