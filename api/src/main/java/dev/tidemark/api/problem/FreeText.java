package dev.tidemark.api.problem;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What people tell other people, such as a reason. Histories and lists keep it, and have limits of
 * their own.
 */
public final class FreeText {

  /** Most characters where nothing else is said. */
  public static final int MOST = 1_000;

  /** Temporal keeps 1,000 of the note of a schedule, with the name of who wrote it. */
  public static final int MOST_OF_A_NOTE = 800;

  private FreeText() {}

  /**
   * The text as it is.
   *
   * @param property of the body in which it stands
   * @throws ProblemException 422 when it is too long
   */
  public static @Nullable String checked(String property, @Nullable String text) {
    return checked(property, text, MOST);
  }

  /** The same with at most so many characters. */
  public static @Nullable String checked(String property, @Nullable String text, int most) {
    if (text != null && text.length() > most) {
      throw ProblemException.invalid(
          new Problem.Mistake(
              property,
              String.format(
                  Locale.ROOT,
                  "must have at most %,d characters, and has %,d",
                  most,
                  text.length())),
          "Shorten it, or say where the rest can be read.");
    }
    return text;
  }
}
