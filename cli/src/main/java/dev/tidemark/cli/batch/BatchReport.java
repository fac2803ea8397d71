package dev.tidemark.cli.batch;

import dev.tidemark.cli.Shell;
import dev.tidemark.cli.client.Batch;
import dev.tidemark.cli.client.Retry;
import dev.tidemark.cli.client.SyncError;
import dev.tidemark.cli.client.Table;
import dev.tidemark.cli.terminal.Colour;
import dev.tidemark.cli.terminal.Columns;
import dev.tidemark.cli.terminal.Columns.Cell;
import dev.tidemark.cli.terminal.Terminal;
import dev.tidemark.cli.terminal.Words;
import java.util.ArrayList;
import java.util.List;

/** Shows one batch in full, and many in short. */
final class BatchReport {

  private final Terminal terminal;

  BatchReport(Terminal terminal) {
    this.terminal = terminal;
  }

  /** One batch: summary, tables, errors with their remedies, the command to resume. */
  List<String> full(Batch batch, boolean failedOnly) {
    List<String> lines = new ArrayList<>();
    String status = batch.standing();
    lines.add(
        terminal.paint((batch.repairs() ? "Repair " : "Batch ") + batch.id(), Colour.BOLD)
            + "   "
            + terminal.paint(status, Colour.ofStatus(status))
            + (batch.running() && !batch.live()
                ? terminal.paint("   no worker answers; from the archive", Colour.YELLOW)
                : ""));
    lines.addAll(summary(batch));
    for (Retry retry : batch.retries()) {
      lines.add("");
      lines.add(terminal.paint("Waiting: " + retry.words(), Colour.YELLOW));
    }
    List<Table> tables =
        batch.tables().stream().filter(table -> !failedOnly || table.is("failed")).toList();
    lines.add("");
    if (tables.isEmpty()) {
      lines.addAll(noTables(batch, failedOnly));
    } else {
      new TableColumns(terminal).lines(batch, tables).forEach(lines::add);
      tables.forEach(table -> lines.addAll(waiting(table)));
      tables.forEach(table -> lines.addAll(error(table)));
      tables.forEach(table -> lines.addAll(letters(table)));
      tables.forEach(table -> lines.addAll(remarks(table)));
      if (batch.running() && Boolean.FALSE.equals(batch.planned())) {
        lines.addAll(List.of("", "More sources are being read."));
      }
    }
    lines.addAll(new VerdictText(terminal).lines(batch));
    lines.addAll(next(batch));
    return lines;
  }

  private List<String> summary(Batch batch) {
    Columns columns = new Columns("ll");
    columns.line(label("batch"), Cell.of(batch.name()));
    if (batch.requestedBy() != null) {
      columns.line(label("requested by"), Cell.of(batch.requestedBy()));
    }
    columns.line(label("started"), Cell.of(Words.time(batch.startedAt()) + " UTC"));
    if (batch.endedAt() != null) {
      columns.line(label("ended"), Cell.of(Words.time(batch.endedAt()) + " UTC"));
    }
    if (batch.interruption() != null) {
      columns.line(label("reason"), Cell.of(batch.interruption()));
    }
    columns.line(label("duration"), Cell.of(Words.duration(batch.durationSeconds())));
    columns.line(
        label("tables"),
        Cell.of(
            "%d of %d completed, %d failed, %d skipped, %d in progress, %d pending (%.0f %%)"
                .formatted(
                    batch.completedTables(),
                    batch.totalTables(),
                    batch.failedTables(),
                    batch.skippedTables(),
                    batch.inProgressTables(),
                    batch.pendingTables(),
                    batch.progressPercent())));
    columns.line(
        label("rows"),
        Cell.of(
            "%s processed: %s inserted, %s updated, %s skipped (equal already); %s deleted"
                .formatted(
                    Words.count(batch.recordsProcessed()),
                    Words.count(batch.recordsInserted()),
                    Words.count(batch.recordsUpdated()),
                    Words.count(batch.recordsSkipped()),
                    Words.count(batch.recordsDeleted()))));
    if (batch.verification() != null && !batch.verification().running()) {
      columns.line(
          label("verified in"), Cell.of(Words.duration(batch.verification().durationSeconds())));
    }
    if (batch.workflowUrl() != null) {
      columns.line(label("workflow"), Cell.of(batch.workflowUrl()));
    }
    return columns.on(terminal).stream().map(line -> "  " + line).toList();
  }

  private static Cell label(String text) {
    return new Cell(text, Colour.DIM);
  }

  private List<String> noTables(Batch batch, boolean failedOnly) {
    if (batch.error() != null) {
      return error("", batch.error(), "", Colour.RED);
    }
    if (failedOnly) {
      return List.of("No table has failed.");
    }
    return List.of(batch.running() ? "No tables are planned yet." : "No tables were planned.");
  }

  private List<String> waiting(Table table) {
    return table.waitingFor() == null || table.isClosed()
        ? List.of()
        : List.of(
            "", terminal.paint(table.label() + " waits: " + table.waitingFor(), Colour.YELLOW));
  }

  private List<String> letters(Table table) {
    List<String> hint = DeadLetters.hint(table);
    return hint.isEmpty()
        ? List.of()
        : List.of("", terminal.paint(hint.getFirst(), Colour.YELLOW), hint.getLast());
  }

  private List<String> error(Table table) {
    SyncError error = table.error();
    return error == null || table.is("completed")
        ? List.of()
        : error(
            table.label() + ": ",
            error,
            Errors.retry(table),
            table.is("failed") ? Colour.RED : Colour.YELLOW);
  }

  private List<String> remarks(Table table) {
    List<String> lines = new ArrayList<>();
    for (String remark : table.remarks()) {
      lines.add("");
      lines.add(terminal.paint("! " + table.label() + ": " + remark, Colour.YELLOW));
    }
    return lines;
  }

  private List<String> error(String place, SyncError error, String retry, Colour colour) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(terminal.paint("✗ " + place + Errors.text(error) + retry, colour));
    if (error.remedy() != null) {
      lines.add("  → " + error.remedy());
    }
    return lines;
  }

  private List<String> next(Batch batch) {
    if (batch.resumable() && !batch.completed()) {
      return List.of(
          "",
          "Resume it: " + Shell.command("sync-all", "--resume", batch.id()),
          "It goes on as it was configured at its start; a new batch takes what was changed since.");
    }
    return batch.running()
        ? List.of("", "Watch it: " + Shell.command("sync-status", batch.id(), "--watch"))
        : List.of();
  }

  /** Many batches, a line each. */
  List<String> list(List<Batch> batches) {
    if (batches.isEmpty()) {
      return List.of("There is no batch yet. Start one: " + Shell.command("sync-all"));
    }
    Columns columns = new Columns("llllrrrrr");
    columns.heading(
        "BATCH",
        "NAME",
        "STATUS",
        "STARTED (UTC)",
        "DURATION",
        "PROGRESS",
        "TABLES",
        "FAILED",
        "ROWS");
    for (Batch batch : batches) {
      columns.line(
          Cell.of(batch.id()),
          Cell.of(batch.name()),
          Cell.status(batch.standing()),
          Cell.of(Words.time(batch.startedAt())),
          Cell.of(Words.duration(batch.durationSeconds())),
          Cell.of(Math.round(batch.progressPercent()) + " %"),
          Cell.of(batch.completedTables() + "/" + batch.totalTables()),
          new Cell(
              Integer.toString(batch.failedTables()), batch.failedTables() > 0 ? Colour.RED : null),
          Cell.of(Words.count(batch.recordsProcessed())));
    }
    return columns.on(terminal);
  }
}
