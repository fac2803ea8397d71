package dev.tidemark.cli.batch;

import dev.tidemark.cli.client.Batch;
import dev.tidemark.cli.client.BatchVerification;
import dev.tidemark.cli.terminal.Colour;
import dev.tidemark.cli.terminal.Terminal;
import dev.tidemark.cli.terminal.Words;
import dev.tidemark.cli.verification.Differences;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether both sides are equal after a batch, as far as that is known. */
final class VerdictText {

  private final Terminal terminal;

  VerdictText(Terminal terminal) {
    this.terminal = terminal;
  }

  List<String> lines(Batch batch) {
    List<String> lines = new ArrayList<>();
    BatchVerification verification = batch.verification();
    if (verification != null && !verification.running()) {
      lines.add("");
      lines.addAll(verified(batch, verification));
    }
    if (batch.repairs() && batch.completed() && batch.recordsExtra() > 0) {
      lines.add("");
      lines.add(
          terminal.paint(
              "✗ " + Words.plural(batch.recordsExtra(), "row") + " too many: only in the target.",
              Colour.RED));
      lines.add("  → repair with --deletes hard removes them, --deletes soft marks them.");
    }
    if (batch.repairs() && batch.completed() && batch.deadLetters() > 0) {
      long rows = batch.deadLetters();
      lines.add("");
      lines.add(
          terminal.paint(
              "✗ "
                  + Words.plural(rows, "row")
                  + (rows == 1 ? " differs and stays: it is" : " differ and stay: they are")
                  + " in open dead letters.",
              Colour.RED));
    }
    if (batch.completed() && batch.decided() > 0 && !told(verification)) {
      lines.add("");
      lines.add(terminal.paint("! " + decided(batch.decided()), Colour.YELLOW));
    }
    return lines;
  }

  /** Whether what the comparison found says it already. */
  private static boolean told(@Nullable BatchVerification verification) {
    if (verification == null || verification.running() || verification.recordsDecided() == 0) {
      return false;
    }
    long ofTables =
        verification.tables().stream().mapToLong(BatchVerification.Table::decided).sum();
    return verification.equal() || ofTables == verification.recordsDecided();
  }

  private static String decided(long rows) {
    return Words.plural(rows, "row")
        + (rows == 1
            ? " differs as somebody decided in its dead letter, and stays so."
            : " differ as somebody decided in their dead letters, and stay so.");
  }

  private List<String> verified(Batch batch, BatchVerification verification) {
    List<String> lines = new ArrayList<>();
    if (verification.equal()) {
      lines.add(
          terminal.paint(
              (verification.totalTables() == 1
                      ? "✓ Compared: the table is equal"
                      : "✓ Compared: all "
                          + Words.plural(verification.totalTables(), "table")
                          + " are equal")
                  + Differences.butFor(verification.recordsDecided())
                  + ".",
              Colour.GREEN));
      return lines;
    }
    lines.add(
        terminal.paint(
            "✗ Compared: %d of %s differ, %d could not be compared."
                .formatted(
                    verification.differingTables(),
                    Words.plural(verification.totalTables(), "table"),
                    verification.totalTables() - verification.comparedTables()),
            Colour.RED));
    verification.tables().forEach(table -> lines.add("    " + words(table)));
    List<BatchVerification.Table> tables = verification.tables();
    lines.addAll(
        Differences.remedies(
            batch.name(),
            verification.id(),
            verification.mendable(),
            tables.stream().mapToLong(BatchVerification.Table::inLetters).sum(),
            tables.stream()
                .filter(BatchVerification.Table::keyless)
                .map(BatchVerification.Table::id)
                .toList()));
    return lines;
  }

  private static String words(BatchVerification.Table table) {
    return table.error() != null
        ? table.id() + ": " + table.error()
        : table.id()
            + ": "
            + new Differences(
                    table.missing(),
                    table.extra(),
                    table.different(),
                    table.inLetters(),
                    table.decided(),
                    table.keyless())
                .words();
  }
}
