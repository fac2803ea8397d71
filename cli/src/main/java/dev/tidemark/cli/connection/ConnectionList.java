package dev.tidemark.cli.connection;

import dev.tidemark.cli.terminal.Colour;
import dev.tidemark.cli.terminal.Columns;
import dev.tidemark.cli.terminal.Columns.Cell;
import dev.tidemark.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Shows connections and their health. */
public final class ConnectionList {

  /**
   * One connection.
   *
   * @param milliseconds of one round trip
   * @param error null when it is healthy
   */
  public record Row(
      String name,
      String type,
      @Nullable String version,
      @Nullable Double milliseconds,
      @Nullable String error,
      @Nullable String remedy) {}

  private final Terminal terminal;

  public ConnectionList(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The lines: a table, and below it what is wrong. */
  public List<String> lines(List<Row> rows) {
    Columns columns = new Columns("lllrl");
    columns.heading("CONNECTION", "TYPE", "STATUS", "LATENCY", "VERSION");
    for (Row row : rows) {
      columns.line(
          Cell.of(row.name()),
          Cell.of(row.type()),
          row.error() == null ? new Cell("healthy", Colour.GREEN) : new Cell("down", Colour.RED),
          Cell.of(
              row.milliseconds() == null
                  ? ""
                  : String.format(Locale.ROOT, "%.1f ms", row.milliseconds())),
          Cell.of(Objects.requireNonNullElse(row.version(), "")));
    }
    List<String> lines = new ArrayList<>(columns.on(terminal));
    for (Row row : rows) {
      if (row.error() != null) {
        lines.add("");
        lines.add(terminal.paint("✗ " + row.name() + ": " + row.error(), Colour.RED));
        if (row.remedy() != null) {
          lines.add("  → " + row.remedy());
        }
      }
    }
    return lines;
  }
}
