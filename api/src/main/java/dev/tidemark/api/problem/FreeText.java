package dev.tidemark.api.problem;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What people tell other people, such as a reason. Histories and lists keep it, and have limits of
 * their own.
 */
public final class FreeText {

  /** Most characters where nothing else is said. */
  public static final int MOST = 1_000;

  /** Temporal keeps 1,000 bytes of the note of a schedule, with the name of who wrote it. */
  private static final int BYTES_OF_A_NOTE = 800;

  private FreeText() {}

  /**
   * The text as it is.
   *
   * @param property of the body in which it stands
   * @throws ProblemException 422 when it is too long
   */
  public static @Nullable String checked(String property, @Nullable String text) {
    if (text != null && text.length() > MOST) {
      throw tooLong(property, MOST, "characters", text.length());
    }
    return text;
  }

  /** The same of the note of a schedule. */
  public static @Nullable String note(String property, @Nullable String text) {
    int bytes = text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > BYTES_OF_A_NOTE) {
      throw tooLong(property, BYTES_OF_A_NOTE, "bytes in UTF-8", bytes);
    }
    return text;
  }

  private static ProblemException tooLong(String property, int most, String unit, int length) {
    return ProblemException.invalid(
        new Problem.Mistake(
            property,
            String.format(
                Locale.ROOT, "must have at most %,d %s, and has %,d", most, unit, length)),
        "Shorten it, or say where the rest can be read.");
  }
}
