package dev.tidemark.cli.terminal;

/** Ways to set text off. */
public enum Colour {
  BOLD("1"),
  DIM("2"),
  RED("31"),
  GREEN("32"),
  YELLOW("33"),
  BLUE("34"),
  CYAN("36");

  private final String code;

  Colour(String code) {
    this.code = code;
  }

  String paint(String text) {
    return "\u001b[" + code + "m" + text + "\u001b[0m";
  }

  /** The colour that a status of a batch or of a table has everywhere. */
  public static Colour ofStatus(String status) {
    return switch (status) {
      case "completed" -> GREEN;
      case "failed" -> RED;
      case "interrupted", "interrupting", "paused", "skipped" -> YELLOW;
      case "running", "in_progress" -> CYAN;
      default -> DIM;
    };
  }
}
