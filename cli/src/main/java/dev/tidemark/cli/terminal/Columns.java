package dev.tidemark.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Lines whose cells stand below one another. */
public final class Columns {

  private static final String GAP = "  ";

  /**
   * A piece of a line.
   *
   * @param text what it says, without colour codes
   * @param colour null for the terminal's own
   */
  public record Cell(String text, @Nullable Colour colour) {

    public static Cell of(String text) {
      return new Cell(text, null);
    }

    public static Cell status(String status) {
      return new Cell(Words.status(status), Colour.ofStatus(status));
    }

    private Cell cut(int width) {
      return new Cell(text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…", colour);
    }

    private int width() {
      return text.codePointCount(0, text.length());
    }
  }

  private final List<List<Cell>> lines = new ArrayList<>();
  private final String alignment;

  /**
   * Columns without lines.
   *
   * @param alignment one letter a column: {@code l} or {@code r}
   */
  public Columns(String alignment) {
    this.alignment = alignment;
  }

  public Columns heading(String... titles) {
    return line(
        IntStream.range(0, titles.length)
            .mapToObj(column -> new Cell(titles[column], Colour.BOLD))
            .toArray(Cell[]::new));
  }

  public Columns line(Cell... cells) {
    if (cells.length != alignment.length()) {
      throw new IllegalArgumentException(
          cells.length + " cells for " + alignment.length() + " columns");
    }
    lines.add(List.of(cells));
    return this;
  }

  /** The lines, each with its cells aligned, without blanks at the end. */
  public List<String> on(Terminal terminal) {
    return on(terminal, Integer.MAX_VALUE);
  }

  /** The same, with what is wider than this cut off. */
  public List<String> on(Terminal terminal, int width) {
    int[] widths =
        IntStream.range(0, alignment.length())
            .map(
                column -> lines.stream().mapToInt(line -> line.get(column).width()).max().orElse(0))
            .toArray();
    return lines.stream().map(line -> draw(line, widths, terminal, width)).toList();
  }

  private String draw(List<Cell> line, int[] widths, Terminal terminal, int width) {
    StringBuilder text = new StringBuilder();
    String pending = "";
    int room = width;
    for (int column = 0; column < line.size(); column++) {
      Cell cell = line.get(column);
      String blanks = " ".repeat(widths[column] - cell.width());
      boolean right = alignment.charAt(column) == 'r';
      if (!cell.text().isEmpty()) {
        String before = pending + (right ? blanks : "");
        room -= before.length();
        if (room < cell.width()) {
          return room < 2 ? text.toString() : text + before + paint(cell.cut(room), terminal);
        }
        room -= cell.width();
        text.append(before).append(paint(cell, terminal));
        pending = right ? "" : blanks;
      } else {
        pending += blanks;
      }
      pending += GAP;
    }
    return text.toString();
  }

  private static String paint(Cell cell, Terminal terminal) {
    return cell.colour() == null ? cell.text() : terminal.paint(cell.text(), cell.colour());
  }
}
