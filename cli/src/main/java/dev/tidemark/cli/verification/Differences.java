package dev.tidemark.cli.verification;

import dev.tidemark.cli.Shell;
import dev.tidemark.cli.terminal.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * How a table differs from its source, in words.
 *
 * @param inLetters of the missing and different rows, those in open dead letters
 * @param decided further rows, that differ as somebody decided
 * @param keyless whether it has no key, so that rows were compared as a whole
 */
public record Differences(
    long missing, long extra, long different, long inLetters, long decided, boolean keyless) {

  /** What differs, and of how many rows it is known why. */
  public String words() {
    String counts =
        "%s missing, %s in addition, %s different"
            .formatted(Words.count(missing), Words.count(extra), Words.count(different));
    return counts
        + (inLetters == 0 ? "" : "; " + Words.count(inLetters) + " of these in open dead letters")
        + (decided == 0 ? "" : "; " + decided(decided))
        + (keyless ? "; without a key, rows are compared as a whole" : "");
  }

  /** Such as {@code 1 more as somebody decided in its dead letter}. */
  private static String decided(long rows) {
    return Words.count(rows)
        + " more as somebody decided in "
        + (rows == 1 ? "its dead letter" : "their dead letters");
  }

  /** To stand behind what is called equal; empty where nobody has decided about a row. */
  public static String butFor(long decided) {
    return decided == 0
        ? ""
        : ", but for "
            + Words.plural(decided, "row")
            + (decided == 1 ? " that differs" : " that differ")
            + " as somebody decided in "
            + (decided == 1 ? "its dead letter" : "their dead letters");
  }

  /**
   * Commands that help, a line each.
   *
   * @param batch whose tables were compared
   * @param repairable whether the repair of this verification would mend anything
   * @param inLetters rows in open dead letters
   * @param keyless tables without a key that differ
   */
  public static List<String> remedies(
      String batch, String verification, boolean repairable, long inLetters, List<String> keyless) {
    List<String> lines = new ArrayList<>();
    if (repairable) {
      lines.add("  → " + Shell.command("repair", "--verification", verification));
    }
    if (inLetters > 0) {
      lines.add(
          "  → "
              + Shell.command("letters", "list")
              + "   "
              + Words.plural(inLetters, "row")
              + " that the target refuses: edit, retry or discard");
    }
    if (!keyless.isEmpty()) {
      lines.add(
          "  → "
              + Shell.command("sync-all", "--batch", batch, "--tables", String.join(",", keyless))
              + "   without a key: mode replace copies all of it");
    }
    return lines;
  }
}
