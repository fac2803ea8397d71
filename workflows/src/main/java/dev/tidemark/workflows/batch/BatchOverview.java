package dev.tidemark.workflows.batch;

import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableStatus;
import dev.tidemark.workflows.verification.VerificationSummary;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A batch in words: for the page of its workflow in the Temporal Web UI, and for its failure. */
final class BatchOverview {

  private static final int FAILURES_SHOWN = 10;
  private static final int FAILURES_NAMED = 3;

  private BatchOverview() {}

  /** A few lines of Markdown. */
  static String markdown(BatchState state) {
    BatchProgress progress = state.progress();
    StringBuilder text = new StringBuilder();
    text.append("**").append(progress.name()).append("**: ").append(headline(state)).append("\n\n");
    text.append(counts(progress)).append('\n');
    text.append(verification(progress.verification()));
    List<TableProgress> failed = failed(progress);
    failed.stream().limit(FAILURES_SHOWN).forEach(table -> text.append(failure(table)));
    if (failed.size() > FAILURES_SHOWN) {
      text.append("- … and ").append(failed.size() - FAILURES_SHOWN).append(" more\n");
    }
    return text.toString();
  }

  /** Such as {@code 2 of 12 tables failed: a.b.c (NO_KEY), …}. */
  static String failures(BatchProgress progress) {
    if (progress.tables().isEmpty()) {
      return "There is nothing to sync: no source has a table that matches.";
    }
    List<TableProgress> failed = failed(progress);
    String named =
        failed.stream()
            .limit(FAILURES_NAMED)
            .map(table -> table.table() + " (" + message(table) + ")")
            .collect(Collectors.joining("; "));
    String more = failed.size() > FAILURES_NAMED ? "; …" : "";
    return failed.size() + " of " + tables(progress.tables().size()) + " failed: " + named + more;
  }

  private static String headline(BatchState state) {
    String interruption = state.interruption();
    return switch (state.status()) {
      case RUNNING ->
          interruption != null
              ? "finishing its chunks, interrupted: " + interruption
              : state.verifying() ? "comparing" : state.paused() ? "paused" : "running";
      case COMPLETED -> "completed";
      case FAILED -> "failed";
      case INTERRUPTED -> "interrupted: " + interruption;
    };
  }

  private static String counts(BatchProgress progress) {
    if (!progress.planned()) {
      return progress.tables().isEmpty()
          ? "Reading the catalogs."
          : tables(progress.tables().size()) + " so far, still reading catalogs.";
    }
    return tables(progress.tables().size())
        + ": "
        + Stream.of(TableStatus.values())
            .filter(status -> progress.count(status) > 0)
            .map(status -> progress.count(status) + " " + word(status))
            .collect(Collectors.joining(", "));
  }

  private static String verification(@Nullable VerificationSummary verification) {
    if (verification == null) {
      return "";
    }
    return "`%s` %s: %d of %s compared, %d differ\n"
        .formatted(
            verification.id(),
            verification.status().name().toLowerCase(Locale.ROOT),
            verification.comparedTables(),
            tables(verification.totalTables()),
            verification.differingTables());
  }

  private static String tables(int count) {
    return count == 1 ? "1 table" : count + " tables";
  }

  private static String word(TableStatus status) {
    return switch (status) {
      case PENDING -> "pending";
      case IN_PROGRESS -> "in progress";
      case COMPLETED -> "completed";
      case FAILED -> "failed";
      case SKIPPED -> "skipped";
    };
  }

  private static List<TableProgress> failed(BatchProgress progress) {
    return progress.tables().stream()
        .filter(table -> table.status() == TableStatus.FAILED)
        .toList();
  }

  private static String failure(TableProgress table) {
    ErrorDetail error = table.error();
    String remedy = error == null ? "" : " *" + error.remedy() + "*";
    return "- `" + table.table() + "`: " + message(table) + remedy + "\n";
  }

  private static String message(TableProgress table) {
    ErrorDetail error = table.error();
    return error == null ? "unknown" : error.message();
  }
}
