package dev.tidemark.cli.batch;

import dev.tidemark.cli.client.Batch;
import dev.tidemark.cli.client.Table;
import dev.tidemark.cli.terminal.Colour;
import dev.tidemark.cli.terminal.Columns;
import dev.tidemark.cli.terminal.Columns.Cell;
import dev.tidemark.cli.terminal.Terminal;
import dev.tidemark.cli.terminal.Words;
import java.util.List;

/** The tables of a batch, a line each. */
final class TableColumns {

  private final Terminal terminal;

  TableColumns(Terminal terminal) {
    this.terminal = terminal;
  }

  List<String> lines(Batch batch, List<Table> tables) {
    return batch.repairs() ? repaired(tables) : synced(tables);
  }

  private List<String> synced(List<Table> tables) {
    Columns columns = new Columns("lllrrrrrrr");
    columns.heading(
        "CONNECTION",
        "TABLE",
        "STATUS",
        "PROCESSED",
        "INSERTED",
        "UPDATED",
        "DELETED",
        "SKIPPED",
        "RETRIES",
        "DURATION");
    for (Table table : tables) {
      columns.line(
          Cell.of(table.connection()),
          Cell.of(table.displayName()),
          status(table),
          Cell.of(Words.count(table.recordsProcessed())),
          Cell.of(Words.count(table.recordsInserted())),
          Cell.of(Words.count(table.recordsUpdated())),
          Cell.of(Words.count(table.recordsDeleted())),
          Cell.of(Words.count(table.recordsSkipped())),
          Cell.of(Words.count(table.retryCount())),
          Cell.of(Words.duration(table.durationSeconds())));
    }
    return columns.on(terminal);
  }

  private List<String> repaired(List<Table> tables) {
    Columns columns = new Columns("lllrrrrrrrrrr");
    columns.heading(
        "CONNECTION",
        "TABLE",
        "STATUS",
        "COMPARED",
        "DIFFERED",
        "INSERTED",
        "UPDATED",
        "DELETED",
        "TOO MANY",
        "IN LETTERS",
        "DECIDED",
        "RETRIES",
        "DURATION");
    for (Table table : tables) {
      columns.line(
          Cell.of(table.connection()),
          Cell.of(table.displayName()),
          status(table),
          Cell.of(Words.count(table.recordsProcessed())),
          Cell.of(Words.count(table.differed())),
          Cell.of(Words.count(table.recordsInserted())),
          Cell.of(Words.count(table.recordsUpdated())),
          Cell.of(Words.count(table.recordsDeleted())),
          stays(table.recordsExtra()),
          stays(table.deadLetters()),
          Cell.of(Words.count(table.recordsDecided())),
          Cell.of(Words.count(table.retryCount())),
          Cell.of(Words.duration(table.durationSeconds())));
    }
    return columns.on(terminal);
  }

  /** Rows that differ all the same. */
  private static Cell stays(long rows) {
    return new Cell(Words.count(rows), rows > 0 ? Colour.YELLOW : null);
  }

  private static Cell status(Table table) {
    return table.paused() && !table.isClosed()
        ? new Cell("paused", Colour.YELLOW)
        : new Cell(table.standing(), Colour.ofStatus(table.status()));
  }
}
