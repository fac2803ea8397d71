package dev.tidemark.connect.configuration;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Large numbers as people write them: {@code 5_000_000}, {@code 20MB}. */
final class AmountText {

  private static final Pattern AMOUNT =
      Pattern.compile("(\\d{1,12}|\\d{1,3}(?:_\\d{3}){1,3})(\\D*)");

  private AmountText() {}

  /** A whole number; empty when the text is none. */
  static OptionalLong number(String text) {
    Matcher matcher = AMOUNT.matcher(text);
    return matcher.matches() && matcher.group(2).isEmpty()
        ? OptionalLong.of(digits(matcher))
        : OptionalLong.empty();
  }

  /** A number of bytes, with a unit or without; empty when the text is none. */
  static OptionalLong bytes(String text) {
    Matcher matcher = AMOUNT.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    return switch (matcher.group(2)) {
      case "" -> OptionalLong.of(digits(matcher));
      case "kB" -> OptionalLong.of(digits(matcher) * 1_000);
      case "MB" -> OptionalLong.of(digits(matcher) * 1_000_000);
      case "GB" -> OptionalLong.of(digits(matcher) * 1_000_000_000);
      default -> OptionalLong.empty();
    };
  }

  private static long digits(Matcher matcher) {
    return Long.parseLong(matcher.group(1).replace("_", ""));
  }
}
