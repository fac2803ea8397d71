package dev.tidemark.connect.control;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;

/** The last batch of a page, as a token that means nothing to whoever passes it back. */
record BatchCursor(Instant startedAt, String batchId) {

  static BatchCursor of(ArchivedBatch batch) {
    return new BatchCursor(batch.startedAt(), batch.batchId());
  }

  /** Reads what {@link #token()} wrote. */
  static BatchCursor parse(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      int comma = text.indexOf(',');
      return new BatchCursor(Instant.parse(text.substring(0, comma)), text.substring(comma + 1));
    } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeParseException e) {
      throw new IllegalArgumentException("The cursor is none that a list has returned.", e);
    }
  }

  String token() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((startedAt + "," + batchId).getBytes(StandardCharsets.UTF_8));
  }
}
