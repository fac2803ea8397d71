package dev.tidemark.api.problem;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What people tell other people, such as a reason. Histories and lists keep it, and have limits of
 * their own.
 */
public final class FreeText {

  /** Most characters, as with the note of a schedule in the configuration. */
  public static final int MOST = 1_000;

  private FreeText() {}

  /**
   * The text as it is.
   *
   * @param property of the body in which it stands
   * @throws ProblemException 422 when it is too long
   */
  public static @Nullable String checked(String property, @Nullable String text) {
    if (text != null && text.length() > MOST) {
      throw ProblemException.invalid(
          new Problem.Mistake(
              property,
              String.format(
                  Locale.ROOT,
                  "must have at most %,d characters, and has %,d",
                  MOST,
                  text.length())),
          "Shorten it, or say where the rest can be read.");
    }
    return text;
  }
}
