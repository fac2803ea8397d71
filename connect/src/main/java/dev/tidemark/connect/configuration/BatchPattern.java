package dev.tidemark.connect.configuration;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names of batches with {@code *} for any characters and {@code ?} for one. */
public final class BatchPattern {

  private BatchPattern() {}

  /** Whether the pattern means the batch of this name. */
  public static boolean matches(String pattern, String name) {
    return name.matches(
        pattern.codePoints().mapToObj(BatchPattern::expression).collect(Collectors.joining()));
  }

  private static String expression(int letter) {
    return switch (letter) {
      case '*' -> ".*";
      case '?' -> ".";
      default -> Pattern.quote(Character.toString(letter));
    };
  }
}
