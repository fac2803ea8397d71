package dev.tidemark.connect.letter;

import java.util.Locale;

/** What has become of a dead letter. */
public enum LetterState {
  /** The row is not in the target as the source has it. */
  OPEN,
  /** The row has arrived, as the source has it or as somebody edited it. */
  RESOLVED,
  /** Somebody does without the row, or the source has it no more. */
  DISCARDED;

  /** As it is stored and shown. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static LetterState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
