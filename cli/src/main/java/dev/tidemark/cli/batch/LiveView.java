package dev.tidemark.cli.batch;

import dev.tidemark.cli.client.Retry;
import dev.tidemark.cli.client.SyncError;
import dev.tidemark.cli.client.Table;
import dev.tidemark.cli.terminal.Bar;
import dev.tidemark.cli.terminal.Colour;
import dev.tidemark.cli.terminal.Columns;
import dev.tidemark.cli.terminal.Columns.Cell;
import dev.tidemark.cli.terminal.Redraw;
import dev.tidemark.cli.terminal.Terminal;
import dev.tidemark.cli.terminal.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Draws progress for a terminal: one line a table, bars, and what went wrong. */
final class LiveView {

  private static final String BUSY = "SLICE_BUSY";
  private static final int LINES_AROUND = 4;
  private static final int WIDEST_BAR = 30;
  private static final int NARROWEST_BAR = 6;
  private static final int COLUMNS_BESIDE_BAR = 52;

  private final Terminal terminal;

  LiveView(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The lines, none wider and together not taller than the terminal. */
  List<String> lines(Progress progress, Redraw.Size size) {
    List<String> lines = new ArrayList<>();
    lines.add(headline(progress, size.width()));
    for (Retry retry : progress.retries()) {
      lines.add(terminal.paint(fit("  waits: " + retry.words(), size.width()), Colour.YELLOW));
    }
    int room = Math.max(1, size.height() - LINES_AROUND - progress.retries().size());
    List<Table> shown = shown(progress, room);
    int nameWidth = Math.max(10, Math.min(longestName(shown), size.width() / 3));
    int barWidth = barWidth(size.width() - nameWidth - COLUMNS_BESIDE_BAR);
    Columns columns = new Columns("llrrrl");
    shown.forEach(table -> columns.line(cells(table, nameWidth, barWidth)));
    List<String> drawn = columns.on(terminal, size.width() - 2);
    for (int index = 0; index < shown.size(); index++) {
      lines.add("  " + drawn.get(index));
      if (lines.size() < size.height() - 2) {
        detail(shown.get(index), size.width()).forEach(lines::add);
      }
    }
    if (shown.size() < progress.tables().size()) {
      lines.add(terminal.paint(fit("  … " + rest(progress, shown), size.width()), Colour.DIM));
    }
    return lines.size() < size.height() ? lines : lines.subList(0, size.height() - 1);
  }

  /** None where it would be too short to tell anything. */
  private static int barWidth(int room) {
    return room < NARROWEST_BAR ? 0 : Math.min(room, WIDEST_BAR);
  }

  private String headline(Progress progress, int width) {
    String status = progress.standing();
    String rest =
        Stream.of(
                progress.count("completed")
                    + " of "
                    + Words.plural(progress.tables().size(), "table"),
                progress.running() && !progress.planned() ? "more sources are being read" : "",
                progress.running() && progress.comparing() ? "comparing both sides" : "",
                progress.count("failed") == 0 ? "" : progress.count("failed") + " failed",
                Words.plural(progress.rows(), "row"),
                Words.speed(progress.rowsPerSecond()),
                Words.duration(progress.seconds()),
                progress.running() && !progress.live() ? "no worker answers; from the archive" : "")
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("   "));
    int taken = progress.title().length() + status.length() + 6;
    return terminal.paint(progress.title(), Colour.BOLD)
        + "   "
        + terminal.paint(Words.status(status), Colour.ofStatus(status))
        + "   "
        + fit(rest, width - taken);
  }

  private Cell[] cells(Table table, int nameWidth, int barWidth) {
    boolean open = !table.isClosed();
    double percent = table.is("completed") ? 100 : table.progressPercent();
    boolean started = table.is("in_progress") || table.recordsProcessed() > 0;
    String end =
        table.paused() && open
            ? "paused"
            : open
                ? left(table)
                : Words.status(table.status()) + Words.took(table.durationSeconds());
    return new Cell[] {
      new Cell(shorten(table.label(), nameWidth), null),
      new Cell(
          table.is("pending") ? "" : Bar.of(percent, barWidth), Colour.ofStatus(table.status())),
      Cell.of(open && started && table.estimatedRows() > 0 ? Math.round(percent) + "%" : ""),
      Cell.of(started ? Words.count(table.recordsProcessed()) : ""),
      Cell.of(open ? Words.speed(table.rowsPerSecond()) : ""),
      new Cell(end, open && !table.paused() ? Colour.DIM : Colour.ofStatus(table.status()))
    };
  }

  private static String left(Table table) {
    if (table.nextRetryAt() != null) {
      return "again at " + Words.clock(table.nextRetryAt());
    }
    if (table.is("pending")) {
      return table.standing();
    }
    return table.secondsLeft() == null
        ? ""
        : Words.duration(table.secondsLeft().doubleValue()) + " left";
  }

  private List<String> detail(Table table, int width) {
    List<String> lines = new ArrayList<>();
    boolean waits = table.waitingFor() != null && !table.isClosed();
    if (waits) {
      lines.add(terminal.paint(fit("    waits: " + table.waitingFor(), width), Colour.YELLOW));
    }
    SyncError error = table.error();
    // Who holds the data says more than that somebody does.
    boolean told = waits && error != null && BUSY.equals(error.code());
    if (error != null && !told && !table.is("completed") && !table.is("skipped")) {
      lines.add(
          terminal.paint(
              fit("    ✗ " + Errors.text(error) + Errors.retry(table), width),
              table.isClosed() ? Colour.RED : Colour.YELLOW));
      if (error.remedy() != null) {
        lines.add(fit("    → " + error.remedy(), width));
      }
    }
    return lines;
  }

  /** All in the plan's order, or the ones that matter most where not all fit. */
  private static List<Table> shown(Progress progress, int room) {
    if (progress.tables().size() <= room) {
      return progress.tables();
    }
    Set<Table> chosen =
        progress.tables().stream()
            .sorted(Comparator.comparingInt(LiveView::importance))
            .limit(room - 1L)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return progress.tables().stream().filter(chosen::contains).toList();
  }

  private static int importance(Table table) {
    return switch (table.status()) {
      case "in_progress" -> 0;
      case "failed" -> 1;
      case "pending" -> 2;
      case "skipped" -> 3;
      default -> 4;
    };
  }

  private static String rest(Progress progress, List<Table> shown) {
    Progress hidden =
        new Progress(
            progress.title(),
            progress.status(),
            false,
            true,
            true,
            null,
            null,
            progress.tables().stream().filter(table -> !shown.contains(table)).toList());
    return Stream.of("pending", "in_progress", "completed", "failed", "skipped")
        .filter(status -> hidden.count(status) > 0)
        .map(status -> hidden.count(status) + " " + Words.status(status))
        .collect(Collectors.joining(", ", "and ", ""));
  }

  private static int longestName(List<Table> tables) {
    return tables.stream().mapToInt(table -> table.label().length()).max().orElse(10);
  }

  /** Keeps the end, which tells tables apart. */
  private static String shorten(String name, int width) {
    return name.length() <= width ? name : "…" + name.substring(name.length() - width + 1);
  }

  private static String fit(String text, int width) {
    if (text.length() <= width) {
      return text;
    }
    return width < 2 ? "" : text.substring(0, width - 1) + "…";
  }
}
