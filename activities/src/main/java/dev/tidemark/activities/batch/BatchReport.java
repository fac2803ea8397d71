package dev.tidemark.activities.batch;

import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * How a batch ended, in words.
 *
 * @param progress the batch
 * @param duration from its first start to its end
 * @param test whether there is no such batch, and somebody only tries out who is told
 */
record BatchReport(BatchProgress progress, Duration duration, boolean test) {

  BatchReport {
    Objects.requireNonNull(progress, "progress");
    Objects.requireNonNull(duration, "duration");
  }

  /**
   * @param now the end of a batch that does not say when it ended
   */
  static BatchReport of(BatchProgress progress, Instant now) {
    Instant end = progress.endedAt() == null ? now : progress.endedAt();
    return new BatchReport(progress, Duration.between(progress.startedAt(), end), false);
  }

  /** About no batch at all. */
  static BatchReport test(Instant now, String requestedBy) {
    BatchProgress nothing =
        new BatchProgress(
            "test", requestedBy, BatchStatus.COMPLETED, false, true, List.of(), now, now);
    return new BatchReport(nothing, Duration.ZERO, true);
  }

  /** Such as {@code batch.failed}. */
  String event() {
    return test ? "notifications.test" : "batch." + status();
  }

  /** Lower case, as everywhere outside of Java. */
  String status() {
    return progress.status().name().toLowerCase(Locale.ROOT);
  }

  boolean resumable() {
    return progress.status() == BatchStatus.FAILED || progress.status() == BatchStatus.INTERRUPTED;
  }

  /** The command that goes on where the batch stopped; null when nothing is left to do. */
  @Nullable String resumeCommand() {
    return resumable() ? "tidemark sync-all --resume " + progress.batchId() : null;
  }

  List<TableProgress> failedTables() {
    return progress.tables().stream()
        .filter(table -> table.status() == TableStatus.FAILED)
        .toList();
  }

  RowCounts counts() {
    return progress.tables().stream()
        .map(TableProgress::counts)
        .reduce(RowCounts.NONE, RowCounts::plus);
  }

  /** Such as {@code Batch branches failed}. */
  String title() {
    return test
        ? "Test of notifications, asked for by " + progress.name()
        : "Batch " + progress.name() + " " + status();
  }

  /** Such as {@code 4 of 6 tables completed, 2 failed; 1,204 rows in 3 min 5 s}. */
  String summary() {
    if (test) {
      return "Whoever reads this is told about batches, as the configuration says";
    }
    StringJoiner tables = new StringJoiner(", ");
    tables.add(
        progress.count(TableStatus.COMPLETED)
            + " of "
            + progress.tables().size()
            + " tables completed");
    for (TableStatus other :
        List.of(
            TableStatus.FAILED,
            TableStatus.SKIPPED,
            TableStatus.IN_PROGRESS,
            TableStatus.PENDING)) {
      long count = progress.count(other);
      if (count > 0) {
        tables.add(count + " " + other.name().toLowerCase(Locale.ROOT).replace('_', ' '));
      }
    }
    long letters = counts().deadLetters();
    return String.format(Locale.ROOT, "%s; %,d rows in %s", tables, counts().read(), span())
        + (letters == 0 ? "" : String.format(Locale.ROOT, ", %,d in dead letters", letters));
  }

  /** The error of a failed table, also where none was recorded. */
  static ErrorDetail error(TableProgress table) {
    return table.error() == null
        ? new ErrorDetail(
            "UNCLASSIFIED", "No cause was recorded.", "Look into the Temporal Web UI.")
        : table.error();
  }

  private String span() {
    long hours = duration.toHours();
    if (hours > 0) {
      return hours + " h " + duration.toMinutesPart() + " min";
    }
    return duration.toMinutes() > 0
        ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
        : Math.max(0, duration.toSeconds()) + " s";
  }
}
