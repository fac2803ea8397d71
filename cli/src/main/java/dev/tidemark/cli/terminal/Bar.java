package dev.tidemark.cli.terminal;

/** A bar that fills from the left, to an eighth of a character. */
public final class Bar {

  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

  private Bar() {}

  /**
   * Draws a bar.
   *
   * @param percent 0 to 100; what lies outside is cut off
   * @param width in characters
   */
  public static String of(double percent, int width) {
    double filled = Math.clamp(percent, 0.0, 100.0) / 100 * width;
    int whole = (int) filled;
    StringBuilder bar = new StringBuilder("█".repeat(whole));
    if (whole < width) {
      bar.append(EIGHTHS.charAt((int) ((filled - whole) * 8)));
      bar.append(" ".repeat(width - whole - 1));
    }
    return bar.toString();
  }
}
