package dev.tidemark.connect.configuration;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What becomes of a run that is due while the one before still runs. */
public enum Overlap {
  /** It is left out. */
  SKIP,
  /** One waits; further ones are left out. */
  BUFFER_ONE,
  /** Each waits for its turn. */
  BUFFER_ALL,
  /** The one before is interrupted, and this one starts when it has ended. */
  CANCEL_OTHER,
  /** The one before is terminated at once. */
  TERMINATE_OTHER,
  /** Both run. */
  ALLOW_ALL;

  /** All words. */
  public static final String ALLOWED =
      Stream.of(values()).map(Overlap::word).collect(Collectors.joining(", "));

  static final Map<String, Overlap> BY_WORD =
      Stream.of(values()).collect(Collectors.toMap(Overlap::word, overlap -> overlap));

  /** What a word means; empty when it means nothing. */
  public static Optional<Overlap> of(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }

  /** As people write it, such as {@code buffer-one}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
