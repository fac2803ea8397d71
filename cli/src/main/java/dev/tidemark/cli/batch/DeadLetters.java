package dev.tidemark.cli.batch;

import dev.tidemark.cli.Shell;
import dev.tidemark.cli.client.Table;
import dev.tidemark.cli.terminal.Words;
import java.util.List;
import java.util.Objects;

/** Tells of rows that a table has passed over, so that nobody takes it for complete. */
final class DeadLetters {

  private DeadLetters() {}

  /** To stand behind what a table did; empty where the target took every row. */
  static String behind(Table table) {
    return table.deadLetters() == 0
        ? ""
        : ", " + Words.plural(table.deadLetters(), "row") + " in dead letters";
  }

  /** What is the matter, and the command that shows it; nothing where nothing is. */
  static List<String> hint(Table table) {
    return table.deadLetters() == 0
        ? List.of()
        : List.of(
            "! " + table.label() + behind(table),
            "  → "
                + Shell.command(
                    "letters",
                    "list",
                    "--table",
                    Objects.requireNonNullElse(table.target(), table.table())));
  }
}
