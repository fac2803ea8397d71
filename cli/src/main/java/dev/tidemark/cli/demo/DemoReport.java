package dev.tidemark.cli.demo;

import dev.tidemark.cli.client.Table;
import dev.tidemark.cli.demo.KillInTheMiddle.Continuation;
import dev.tidemark.cli.terminal.Colour;
import dev.tidemark.cli.terminal.Columns;
import dev.tidemark.cli.terminal.Columns.Cell;
import dev.tidemark.cli.terminal.Terminal;
import dev.tidemark.cli.terminal.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Shows what the demonstration found. */
final class DemoReport {

  private static final int CHECKSUM_DIGITS = 16;

  private final Terminal terminal;

  DemoReport(Terminal terminal) {
    this.terminal = terminal;
  }

  /** From where the tables went on after the kill. */
  List<String> continuations(List<Continuation> continuations) {
    Columns columns = new Columns("lrlrlr");
    columns.heading(
        "TABLE", "ROWS AT THE KILL", "CURSOR", "ROWS AFTERWARDS", "CURSOR", "SEEN AFTER");
    for (Continuation continuation : continuations) {
      Table before = continuation.before();
      Table after = continuation.after();
      columns.line(
          Cell.of(before.id()),
          Cell.of(Words.count(before.recordsProcessed())),
          Cell.of(cursor(before.cursor())),
          Cell.of(after == null ? "-" : Words.count(after.recordsProcessed())),
          Cell.of(after == null ? "-" : after.is("completed") ? "end" : cursor(after.cursor())),
          Cell.of(
              continuation.waited() == null
                  ? "-"
                  : Words.duration(continuation.waited().toMillis() / 1000.0)));
    }
    return columns.on(terminal);
  }

  private static String cursor(@Nullable String cursor) {
    return Objects.requireNonNullElse(cursor, "start");
  }

  /** Both sides of each table. */
  List<String> results(List<Comparison.Result> results) {
    Columns columns = new Columns("llrrll");
    columns.heading("BRANCH", "TABLE", "SOURCE", "TARGET", "CHECKSUM", "EQUAL");
    List<String> differences = new ArrayList<>();
    for (Comparison.Result result : results) {
      columns.line(
          Cell.of(result.connection()),
          Cell.of(result.table()),
          Cell.of(Words.count(result.sourceRows())),
          Cell.of(Words.count(result.targetRows())),
          Cell.of(
              result
                  .checksum()
                  .substring(0, Math.min(CHECKSUM_DIGITS, result.checksum().length()))),
          result.equal() ? new Cell("✓", Colour.GREEN) : new Cell("✗", Colour.RED));
      result
          .differences()
          .forEach(
              difference ->
                  differences.add(
                      terminal.paint(
                          result.connection() + "." + result.table() + ": " + difference,
                          Colour.RED)));
    }
    List<String> lines = new ArrayList<>(columns.on(terminal));
    lines.addAll(differences);
    return lines;
  }
}
