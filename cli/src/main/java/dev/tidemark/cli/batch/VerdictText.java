package dev.tidemark.cli.batch;

import dev.tidemark.cli.Shell;
import dev.tidemark.cli.client.Batch;
import dev.tidemark.cli.client.BatchVerification;
import dev.tidemark.cli.terminal.Colour;
import dev.tidemark.cli.terminal.Terminal;
import dev.tidemark.cli.terminal.Words;
import java.util.ArrayList;
import java.util.List;

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
      lines.addAll(verified(verification));
    }
    if (batch.repairs() && batch.completed() && batch.recordsExtra() > 0) {
      lines.add("");
      lines.add(
          terminal.paint(
              "✗ " + Words.plural(batch.recordsExtra(), "row") + " too many: only in the target.",
              Colour.RED));
      lines.add("  → repair with --deletes hard removes them, --deletes soft marks them.");
    }
    return lines;
  }

  private List<String> verified(BatchVerification verification) {
    List<String> lines = new ArrayList<>();
    if (verification.equal()) {
      lines.add(
          terminal.paint(
              "✓ Compared: all "
                  + Words.plural(verification.totalTables(), "table")
                  + " are equal.",
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
    if (verification.differingTables() > 0) {
      lines.add("  → " + Shell.command("repair", "--verification", verification.id()));
    }
    return lines;
  }

  private static String words(BatchVerification.Table table) {
    return table.error() != null
        ? table.id() + ": " + table.error()
        : "%s: %s missing, %s in addition, %s different"
            .formatted(
                table.id(),
                Words.count(table.missing()),
                Words.count(table.extra()),
                Words.count(table.different()));
  }
}
