package dev.tidemark.cli.batch;

import dev.tidemark.cli.client.ApiException;
import dev.tidemark.cli.client.Patience;
import dev.tidemark.cli.terminal.Colour;
import dev.tidemark.cli.terminal.Redraw;
import dev.tidemark.cli.terminal.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows something that runs until it ends, or until the person who looks has seen enough. */
public final class Follower {

  /** How a look ended. */
  public enum Outcome {
    ENDED,
    DETACHED
  }

  private final Terminal terminal;
  private final Presses presses;
  private final boolean silent;
  private final Duration tick;
  private final Redraw redraw;
  private final LiveView view;
  private final PlainLog log;
  private boolean interrupting;

  /**
   * A follower of one thing.
   *
   * @param presses Ctrl+C
   * @param silent whether to show nothing on the way
   * @param tick time between two looks
   */
  public Follower(Terminal terminal, Presses presses, boolean silent, Duration tick) {
    this.terminal = terminal;
    this.presses = presses;
    this.silent = silent;
    this.tick = tick;
    this.redraw = new Redraw(terminal);
    this.view = new LiveView(terminal);
    this.log = new PlainLog(terminal::print, System::nanoTime);
  }

  /** Returns when it has ended, or when a person chose to let it go on alone. */
  public Outcome follow(Followed subject) {
    Patience patience = new Patience();
    while (true) {
      Progress progress = patience.ask(subject::look);
      if (progress == null) {
        showSilence(patience.silence());
      } else {
        show(progress);
        if (!progress.running()) {
          return Outcome.ENDED;
        }
      }
      if (presses.await(tick) && detach(subject)) {
        return Outcome.DETACHED;
      }
    }
  }

  private void showSilence(String silence) {
    if (terminal.interactive() && !silent) {
      redraw.draw(List.of(terminal.paint(silence, Colour.YELLOW)));
    }
  }

  /** Says something between two pictures; it stays above the next one. */
  void tell(String line) {
    if (silent) {
      return;
    }
    if (terminal.interactive()) {
      redraw.draw(List.of(line));
      redraw.release();
    } else {
      terminal.print(line);
    }
  }

  private void show(Progress progress) {
    if (silent) {
      return;
    }
    if (terminal.interactive()) {
      List<String> lines = new ArrayList<>(view.lines(progress, Redraw.size()));
      if (interrupting && progress.running()) {
        lines.add(terminal.paint("Interrupting; chunks in progress are finished.", Colour.YELLOW));
      }
      redraw.draw(lines);
    } else {
      log.tell(progress);
    }
  }

  /** Answers whether to leave it alone. */
  private boolean detach(Followed subject) {
    if (!terminal.interactive() || silent) {
      interrupt(subject);
      return false;
    }
    presses.asking(true);
    try {
      return switch (answer()) {
        case "i" -> {
          interrupt(subject);
          yield false;
        }
        case "d" -> true;
        default -> false;
      };
    } finally {
      presses.asking(false);
    }
  }

  private String answer() {
    redraw.ask("[i]nterrupt it, [d]etach and let it go on, or [c]ontinue to look? ");
    try {
      String line = terminal.in().readLine();
      return line == null ? "d" : line.strip().toLowerCase(Locale.ROOT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void interrupt(Followed subject) {
    try {
      subject.interrupt("Ctrl+C");
      interrupting = true;
      if (!terminal.interactive() && !silent) {
        terminal.print("Interrupting; chunks in progress are finished.");
      }
    } catch (ApiException e) {
      if (e.status() != 409) {
        terminal.complain(e.getMessage());
      }
    }
  }
}
