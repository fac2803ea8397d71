package dev.tidemark.connect.letter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some letters, newest first.
 *
 * @param nextCursor where the next page begins; null on the last one
 */
public record LetterPage(List<DeadLetter> letters, @Nullable String nextCursor) {

  public static final LetterPage NONE = new LetterPage(List.of(), null);

  public LetterPage {
    letters = List.copyOf(letters);
  }
}
