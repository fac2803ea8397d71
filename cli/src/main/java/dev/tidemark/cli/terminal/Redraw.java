package dev.tidemark.cli.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lines at the bottom of the terminal that are drawn over again and again. */
public final class Redraw {

  private static final int DEFAULT_WIDTH = 100;
  private static final int DEFAULT_HEIGHT = 30;

  private final Terminal terminal;
  private int drawn;

  public Redraw(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * Draws over what was drawn before.
   *
   * @param lines none wider than the terminal
   */
  public void draw(List<String> lines) {
    StringBuilder text = new StringBuilder();
    if (drawn > 0) {
      text.append("\u001b[").append(drawn).append('A');
    }
    text.append('\r');
    // Erased first: at the end of a full line the last character would go as well.
    lines.forEach(line -> text.append("\u001b[K").append(line).append('\n'));
    text.append("\u001b[J");
    terminal.out().print(text);
    terminal.out().flush();
    drawn = lines.size();
  }

  /** Leaves what is drawn; the next draw starts below. */
  public void release() {
    drawn = 0;
  }

  /** Leaves what is drawn and asks a question below it, over the ^C that the terminal shows. */
  public void ask(String question) {
    release();
    terminal.out().print("\r\u001b[K" + question);
    terminal.out().flush();
  }

  /** Size of the terminal now; a usual one where it cannot be asked. */
  public static Size size() {
    try {
      Process stty =
          new ProcessBuilder("sh", "-c", "stty size </dev/tty")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      List<String> numbers = List.of(answer.strip().split(" ", -1));
      if (numbers.size() == 2) {
        int height = Integer.parseInt(numbers.get(0));
        int width = Integer.parseInt(numbers.get(1));
        if (height > 0 && width > 0) {
          return new Size(width, height);
        }
      }
    } catch (IOException | NumberFormatException e) {
      // No terminal, or one that does not say.
    }
    return new Size(DEFAULT_WIDTH, DEFAULT_HEIGHT);
  }

  /** Width and height in characters. */
  public record Size(int width, int height) {}
}
