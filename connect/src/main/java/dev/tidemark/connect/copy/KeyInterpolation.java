package dev.tidemark.connect.copy;

import dev.tidemark.connect.type.ColumnKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** Guesses a value half-way between two values of a key column, from their text forms alone. */
final class KeyInterpolation {

  private static final int TEXT_DIGITS = 8;
  private static final int LOWEST_CHARACTER = ' ';
  private static final int CHARACTERS = '~' - LOWEST_CHARACTER + 1;

  /** As both databases print it; a zone can only be that of the session, which is UTC. */
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
          .toFormatter(Locale.ROOT);

  private KeyInterpolation() {}

  /**
   * A value between two; empty when there is none, or none can be guessed.
   *
   * @param kind of the column
   */
  static Optional<String> between(ColumnKind kind, String low, String high) {
    try {
      return Optional.of(middle(kind, low, high))
          .filter(middle -> !middle.equals(low) && !middle.equals(high));
    } catch (NumberFormatException | DateTimeException e) {
      // Such as an infinite date: what cannot be halved stays whole.
      return Optional.empty();
    }
  }

  private static String middle(ColumnKind kind, String low, String high) {
    return switch (kind) {
      case INT16, INT32, INT64 ->
          new BigInteger(low).add(new BigInteger(high)).shiftRight(1).toString();
      case DECIMAL, FLOAT32, FLOAT64 ->
          new BigDecimal(low)
              .add(new BigDecimal(high))
              .divide(BigDecimal.TWO, MathContext.DECIMAL128)
              .toPlainString();
      case DATE -> {
        LocalDate from = LocalDate.parse(low);
        yield from.plusDays(ChronoUnit.DAYS.between(from, LocalDate.parse(high)) / 2).toString();
      }
      case TIMESTAMP -> timestamp(low, high);
      case TIMESTAMPTZ -> {
        boolean zoned = low.endsWith("+00");
        yield timestamp(withoutZone(low), withoutZone(high)) + (zoned ? "+00" : "");
      }
      case UUID -> {
        String digits = hexadecimal(low.replace("-", ""), high.replace("-", ""));
        yield String.join(
            "-",
            digits.substring(0, 8),
            digits.substring(8, 12),
            digits.substring(12, 16),
            digits.substring(16, 20),
            digits.substring(20));
      }
      case BYTES -> {
        boolean prefixed = low.startsWith("\\x");
        yield prefixed
            ? "\\x" + hexadecimal(low.substring(2), high.substring(2))
            : hexadecimal(low, high);
      }
      case TEXT -> text(low, high);
      // One of two values, a clock's hand, and what only its database can spell.
      case BOOLEAN, TIME, JSON, OTHER, UNSUPPORTED -> low;
    };
  }

  private static String timestamp(String low, String high) {
    LocalDateTime from = LocalDateTime.parse(low, TIMESTAMP);
    long micros = ChronoUnit.MICROS.between(from, LocalDateTime.parse(high, TIMESTAMP));
    return TIMESTAMP.format(from.plus(micros / 2, ChronoUnit.MICROS));
  }

  private static String withoutZone(String timestamp) {
    return timestamp.endsWith("+00") ? timestamp.substring(0, timestamp.length() - 3) : timestamp;
  }

  /** Of as many digits as the longer has. */
  private static String hexadecimal(String low, String high) {
    int digits = Math.max(low.length(), high.length());
    BigInteger from = new BigInteger(low + "0".repeat(digits - low.length()), 16);
    BigInteger to = new BigInteger(high + "0".repeat(digits - high.length()), 16);
    String middle = from.add(to).shiftRight(1).toString(16);
    return "0".repeat(digits - middle.length()) + middle;
  }

  /** Behind what both begin with, as if the printable characters were digits of a number. */
  private static String text(String low, String high) {
    int common = 0;
    while (common < Math.min(low.length(), high.length())
        && low.charAt(common) == high.charAt(common)) {
      common++;
    }
    BigInteger middle =
        number(low.substring(common)).add(number(high.substring(common))).shiftRight(1);
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < TEXT_DIGITS; i++) {
      BigInteger[] parts = middle.divideAndRemainder(BigInteger.valueOf(CHARACTERS));
      digits.append((char) (LOWEST_CHARACTER + parts[1].intValue()));
      middle = parts[0];
    }
    return low.substring(0, common) + digits.reverse().toString().stripTrailing();
  }

  private static BigInteger number(String text) {
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < TEXT_DIGITS; i++) {
      int digit = i < text.length() ? text.charAt(i) - LOWEST_CHARACTER : 0;
      number =
          number
              .multiply(BigInteger.valueOf(CHARACTERS))
              .add(BigInteger.valueOf(Math.clamp(digit, 0, CHARACTERS - 1)));
    }
    return number;
  }
}
