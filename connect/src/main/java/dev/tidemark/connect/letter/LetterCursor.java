package dev.tidemark.connect.letter;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;

/** The last letter of a page, as a token that means nothing to whoever passes it back. */
record LetterCursor(Instant firstAt, String id) {

  static LetterCursor of(DeadLetter letter) {
    return new LetterCursor(letter.firstAt(), letter.id());
  }

  /** Reads what {@link #token()} wrote. */
  static LetterCursor parse(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      int comma = text.indexOf(',');
      return new LetterCursor(Instant.parse(text.substring(0, comma)), text.substring(comma + 1));
    } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeParseException e) {
      throw new IllegalArgumentException("The cursor is none that a list has returned.", e);
    }
  }

  String token() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((firstAt + "," + id).getBytes(StandardCharsets.UTF_8));
  }
}
