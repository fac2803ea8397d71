package dev.tidemark.activities.batch;

import dev.tidemark.connect.configuration.NotificationRule;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.batch.RunIds;
import dev.tidemark.workflows.notification.EndedRun;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableStatus;
import dev.tidemark.workflows.verification.VerificationSummary;
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
 * @param error why a batch that was due did not even start; null when it did
 */
record BatchReport(
    BatchProgress progress, Duration duration, boolean test, @Nullable ErrorDetail error) {

  BatchReport {
    Objects.requireNonNull(progress, "progress");
    Objects.requireNonNull(duration, "duration");
  }

  /**
   * @param now the end of a batch that does not say when it ended
   */
  static BatchReport of(BatchProgress progress, Instant now) {
    return of(progress, null, now);
  }

  /**
   * @param now the end of a run that does not say when it ended
   */
  static BatchReport of(EndedRun ended, Instant now) {
    return of(ended.progress(), ended.error(), now);
  }

  private static BatchReport of(BatchProgress progress, @Nullable ErrorDetail error, Instant now) {
    Instant end = progress.endedAt() == null ? now : progress.endedAt();
    return new BatchReport(progress, Duration.between(progress.startedAt(), end), false, error);
  }

  /** About no batch at all. */
  static BatchReport test(Instant now, String requestedBy) {
    BatchProgress nothing =
        new BatchProgress(
            "test", requestedBy, BatchStatus.COMPLETED, false, true, List.of(), now, now);
    return new BatchReport(nothing, Duration.ZERO, true, null);
  }

  /** Such as {@code batch.failed} or {@code repair.completed}. */
  String event() {
    return test ? "notifications.test" : kind() + "." + outcome();
  }

  /** {@code batch} or {@code repair}. */
  String kind() {
    return RunIds.kindOf(progress.batchId());
  }

  /** The status; {@code differs} where a comparison of what completed says so. */
  String outcome() {
    return differs() ? NotificationRule.DIFFERS : status();
  }

  /** Whether all completed, and the comparison that followed does not say that both are equal. */
  boolean differs() {
    VerificationSummary verification = progress.verification();
    return progress.status() == BatchStatus.COMPLETED
        && verification != null
        && !verification.equal();
  }

  /** Lower case, as everywhere outside of Java. */
  String status() {
    return progress.status().name().toLowerCase(Locale.ROOT);
  }

  boolean resumable() {
    return error == null
        && (progress.status() == BatchStatus.FAILED
            || progress.status() == BatchStatus.INTERRUPTED);
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
    if (error != null) {
      return "Batch " + progress.name() + " did not start";
    }
    return test
        ? "Test of notifications, asked for by " + progress.name()
        : (kind().equals("repair") ? "Repair of " : "Batch ")
            + progress.name()
            + " "
            + status()
            + (differs() ? ", and differs from its sources" : "");
  }

  /** Such as {@code 4 of 6 tables completed, 2 failed; 1,204 rows in 3 min 5 s}. */
  String summary() {
    if (test) {
      return "Whoever reads this is told about batches, as the configuration says";
    }
    if (error != null) {
      return error.message() + " " + withoutStop(error.remedy());
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
    RowCounts counts = counts();
    StringJoiner rows = new StringJoiner(", ");
    rows.add(String.format(Locale.ROOT, "%,d rows in %s", counts.read(), span(duration)));
    if (counts.deleted() > 0) {
      rows.add(String.format(Locale.ROOT, "%,d deleted", counts.deleted()));
    }
    if (counts.extra() > 0) {
      rows.add(String.format(Locale.ROOT, "%,d only in the target", counts.extra()));
    }
    if (counts.deadLetters() > 0) {
      rows.add(String.format(Locale.ROOT, "%,d in dead letters", counts.deadLetters()));
    }
    return tables + "; " + rows + verified();
  }

  /** The receivers end the sentence. */
  private static String withoutStop(String text) {
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  private String verified() {
    VerificationSummary verification = progress.verification();
    if (verification == null) {
      return "";
    }
    Instant end = verification.endedAt();
    return String.format(
        Locale.ROOT,
        "; %d of %d tables compared%s, %s",
        verification.comparedTables(),
        verification.totalTables(),
        end == null ? "" : " in " + span(Duration.between(verification.startedAt(), end)),
        verification.differingTables() == 0
            ? "no differences" + decided(verification.decidedRows())
            : verification.differingTables()
                + (verification.differingTables() == 1 ? " differs" : " differ"));
  }

  private static String decided(long rows) {
    return rows == 0
        ? ""
        : String.format(
            Locale.ROOT, " but %,d %s as decided by hand", rows, rows == 1 ? "row" : "rows");
  }

  /** The tables that are not known to be equal, a line each. */
  List<String> unequal() {
    VerificationSummary verification = progress.verification();
    return verification == null
        ? List.of()
        : verification.tables().stream()
            .map(
                table ->
                    table.error() == null
                        ? differences(table)
                        : table.table() + " was not compared: " + table.error())
            .toList();
  }

  private static String differences(VerificationSummary.Table table) {
    return String.format(
            Locale.ROOT,
            "%s: %,d missing, %,d in addition, %,d different",
            table.table(),
            table.missing(),
            table.extra(),
            table.different())
        + (table.inLetters() == 0
            ? ""
            : String.format(Locale.ROOT, "; %,d of these in open dead letters", table.inLetters()))
        + (table.keyless() ? "; without a key, mended by mode replace" : "");
  }

  /** The command that mends what differs; null when it would mend nothing. */
  @Nullable String repairCommand() {
    VerificationSummary verification = progress.verification();
    return verification == null || !verification.mendable()
        ? null
        : "tidemark repair --verification " + verification.id();
  }

  /** The command that shows rows which the target refuses; null where no difference is one. */
  @Nullable String lettersCommand() {
    VerificationSummary verification = progress.verification();
    return verification == null
            || verification.tables().stream().allMatch(table -> table.inLetters() == 0)
        ? null
        : "tidemark letters list";
  }

  /** The error of a failed table, also where none was recorded. */
  static ErrorDetail error(TableProgress table) {
    return table.error() == null
        ? new ErrorDetail(
            "UNCLASSIFIED", "No cause was recorded.", "Look into the Temporal Web UI.")
        : table.error();
  }

  private static String span(Duration duration) {
    long hours = duration.toHours();
    if (hours > 0) {
      return hours + " h " + duration.toMinutesPart() + " min";
    }
    return duration.toMinutes() > 0
        ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
        : Math.max(0, duration.toSeconds()) + " s";
  }
}
