package dev.tidemark.cli.letter;

import dev.tidemark.cli.Shell;
import dev.tidemark.cli.client.Letter;
import dev.tidemark.cli.client.LetterRetry;
import dev.tidemark.cli.terminal.Colour;
import dev.tidemark.cli.terminal.Columns;
import dev.tidemark.cli.terminal.Columns.Cell;
import dev.tidemark.cli.terminal.Terminal;
import dev.tidemark.cli.terminal.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows dead letters. */
final class LetterText {

  private static final int WIDEST = 60;
  private static final int WIDEST_VALUE = 24;

  private final Terminal terminal;

  LetterText(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * A line for each.
   *
   * @param more whether there are others behind them
   */
  List<String> list(List<Letter> letters, boolean more) {
    if (letters.isEmpty()) {
      return List.of("There are no such dead letters.");
    }
    boolean one = letters.stream().map(Letter::connection).distinct().count() == 1;
    Columns columns = new Columns("llllllrl");
    columns.heading("LETTER", "TABLE", "KEY", "STATE", "COLUMN", "VALUE", "ATTEMPTS", "REASON");
    for (Letter letter : letters) {
      columns.line(
          Cell.of(letter.id()),
          Cell.of(one ? letter.table() : letter.connection() + "." + letter.table()),
          Cell.of(cut(key(letter), WIDEST)),
          state(letter),
          Cell.of(Objects.requireNonNullElse(letter.column(), "")),
          Cell.of(cut(refusedValue(letter), WIDEST_VALUE)),
          Cell.of(Words.count(letter.attempts())),
          Cell.of(cut(line(Objects.requireNonNullElse(letter.reason(), "")), WIDEST)));
    }
    List<String> lines = new ArrayList<>(columns.on(terminal));
    if (more) {
      lines.add("There are more; --limit shows them.");
    }
    return lines;
  }

  private static Cell state(Letter letter) {
    boolean open = letter.state().equals("open");
    String state = open && !letter.edits().isEmpty() ? "open, edited" : letter.state();
    return new Cell(state, open ? Colour.YELLOW : null);
  }

  private static String key(Letter letter) {
    return letter.key().entrySet().stream()
        .map(column -> column.getKey() + "=" + column.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String line(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /** What stands in the column that the database names; empty where it names none. */
  private static String refusedValue(Letter letter) {
    String column = letter.column();
    return column == null || !letter.values().containsKey(column)
        ? ""
        : shown(letter.values().get(column));
  }

  private static String cut(String text, int widest) {
    String plain = plain(text);
    return plain.codePointCount(0, plain.length()) > widest
        ? plain.substring(0, plain.offsetByCodePoints(0, widest - 1)) + "…"
        : plain;
  }

  /** Values come from anywhere, and some characters steer a terminal. */
  private static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}", "�");
  }

  /** Everything about one. */
  List<String> full(Letter letter) {
    List<String> lines = new ArrayList<>();
    lines.add(
        terminal.paint("Letter " + letter.id(), Colour.BOLD)
            + "   "
            + terminal.paint(
                letter.state(), letter.state().equals("open") ? Colour.YELLOW : Colour.GREEN));
    add(lines, "table", letter.connection() + "." + letter.table());
    add(lines, "slice", letter.slice());
    add(lines, "source", letter.source());
    add(lines, "key", key(letter));
    add(lines, "error", letter.code());
    add(lines, "column", letter.column());
    add(lines, "refused", Words.plural(letter.attempts(), "time"));
    add(lines, "first (UTC)", Words.time(letter.firstAt()));
    add(lines, "last (UTC)", Words.time(letter.lastAt()));
    add(lines, "batch", letter.batchId());
    lines.add("");
    lines.add(reason(letter));
    lines.add("");
    Columns columns = new Columns("lll");
    columns.heading("COLUMN", "VALUE", "EDITED");
    for (Map.Entry<String, @Nullable String> value : letter.values().entrySet()) {
      String column = value.getKey();
      columns.line(
          Cell.of(column),
          Cell.of(shown(value.getValue())),
          Cell.of(letter.edits().containsKey(column) ? shown(letter.edits().get(column)) : ""));
    }
    lines.addAll(columns.on(terminal));
    if (letter.state().equals("open")) {
      lines.add("");
      lines.add(
          "Try it again: "
              + Shell.command(
                  "letters", "retry", letter.id(), "--connection", letter.connection()));
    }
    return lines;
  }

  /** Why it was refused the last time. */
  String reason(Letter letter) {
    return terminal.paint(
        "✗ " + plain(line(Objects.requireNonNullElse(letter.reason(), ""))), Colour.RED);
  }

  private static String shown(@Nullable String value) {
    return value == null ? "NULL" : plain(value);
  }

  private static void add(List<String> lines, String title, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      lines.add("  %-12s %s".formatted(title, plain(text)));
    }
  }

  /** What became of letters that were tried again. */
  List<String> ended(LetterRetry retry) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Dead letters of %s.%s: %d written, %d gone from the source, %d refused again%s."
            .formatted(
                retry.connection(),
                retry.table(),
                retry.resolved(),
                retry.discarded(),
                retry.refused(),
                retry.status().equals("completed") ? "" : "; the retry is " + retry.status()));
    if (retry.error() != null) {
      lines.add(terminal.paint("✗ " + retry.error().message(), Colour.RED));
      if (retry.error().remedy() != null) {
        lines.add("  → " + retry.error().remedy());
      }
    } else if (retry.refused() > 0) {
      lines.add(
          "  → "
              + Shell.command(
                  "letters", "list", "--table", retry.table(), "--connection", retry.connection()));
    }
    return lines;
  }
}
