package dev.tidemark.cli.schedule;

import dev.tidemark.cli.client.ScheduleState;
import dev.tidemark.cli.terminal.Colour;
import dev.tidemark.cli.terminal.Columns;
import dev.tidemark.cli.terminal.Columns.Cell;
import dev.tidemark.cli.terminal.Terminal;
import dev.tidemark.cli.terminal.Words;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Shows schedules. */
final class ScheduleReport {

  private static final int MOST_TIMES = 5;

  private final Terminal terminal;

  ScheduleReport(Terminal terminal) {
    this.terminal = terminal;
  }

  /** A line for each. */
  void list(List<ScheduleState> schedules) {
    if (schedules.isEmpty()) {
      terminal.print("There are no schedules. Add one under schedules: in the configuration.");
      return;
    }
    Columns columns = new Columns("lllllll");
    columns.heading("SCHEDULE", "BATCH", "WHEN", "NEXT (UTC)", "LAST (UTC)", "", "BATCH ID");
    for (ScheduleState schedule : schedules) {
      ScheduleState.Run last = schedule.runs().isEmpty() ? null : schedule.runs().getFirst();
      columns.line(
          Cell.of(schedule.name()),
          Cell.of(schedule.batch()),
          Cell.of(schedule.times()),
          next(schedule),
          Cell.of(Words.time(last == null ? null : last.startedAt())),
          last == null ? Cell.of("") : status(last),
          Cell.of(last == null ? "" : Objects.requireNonNullElse(last.batchId(), "")));
    }
    columns.on(terminal).forEach(terminal::print);
  }

  private static Cell next(ScheduleState schedule) {
    return schedule.paused()
        ? new Cell("paused", Colour.YELLOW)
        : Cell.of(
            Words.time(schedule.nextTimes().isEmpty() ? null : schedule.nextTimes().getFirst()));
  }

  /** Everything about one. */
  void show(ScheduleState schedule) {
    terminal.print(
        terminal.paint("Schedule " + schedule.name(), Colour.BOLD)
            + (schedule.paused() ? "   " + terminal.paint("paused", Colour.YELLOW) : ""));
    line("batch", schedule.batch());
    line("connections", String.join(", ", schedule.connections()));
    line("tables", String.join(", ", schedule.tables()));
    line("when", schedule.times());
    line("overlap", schedule.overlap());
    line("made by", "file".equals(schedule.origin()) ? "the configuration" : "the API");
    line("note", schedule.note());
    List<Instant> times = schedule.nextTimes();
    line(
        "next (UTC)",
        String.join(
            ", ",
            times.subList(0, Math.min(times.size(), MOST_TIMES)).stream()
                .map(Words::time)
                .toList()));
    runs(schedule.runs());
  }

  private void line(String title, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      terminal.print("  %-12s %s".formatted(title, text));
    }
  }

  private void runs(List<ScheduleState.Run> runs) {
    if (runs.isEmpty()) {
      terminal.print("It has not run yet.");
      return;
    }
    terminal.print("");
    Columns columns = new Columns("llll");
    columns.heading("DUE (UTC)", "ENDED (UTC)", "STATUS", "BATCH ID");
    runs.forEach(
        run ->
            columns.line(
                Cell.of(Words.time(run.scheduledAt())),
                Cell.of(Words.time(run.endedAt())),
                status(run),
                Cell.of(Objects.requireNonNullElse(run.batchId(), "-"))));
    columns.on(terminal).forEach(terminal::print);
    for (ScheduleState.Run run : runs) {
      if (run.error() != null) {
        terminal.print("");
        terminal.print(
            terminal.paint(
                "✗ " + Words.time(run.scheduledAt()) + ": " + run.error().message(), Colour.RED));
        if (run.error().remedy() != null && !run.error().remedy().isEmpty()) {
          terminal.print("  → " + run.error().remedy());
        }
      }
    }
  }

  private static Cell status(ScheduleState.Run run) {
    return Cell.status(Objects.requireNonNullElse(run.status(), "unknown"));
  }
}
