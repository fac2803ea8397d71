package dev.tidemark.connect.dialect;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Values of each type by chance, as literals; the seed is {@code -Dtidemark.types.seed}, how many
 * of each {@code -Dtidemark.types.values}.
 */
final class RandomValues {

  static final long SEED = Long.getLong("tidemark.types.seed", 20_261_121L);
  private static final int COUNT = Integer.getInteger("tidemark.types.values", 12);

  private static final String[] LETTERS = {
    "a",
    "B",
    " ",
    "  ",
    "é",
    "ß",
    "日本",
    "🐟",
    "👩‍👩‍👧",
    "e\u0301",
    "\t",
    "\n",
    "\r",
    "\\",
    "\\N",
    "\\.",
    "'",
    "\"",
    "`",
    ",",
    "{",
    "}",
    ";",
    "%",
    "_",
    "NULL",
    "\u0001",
    "\f",
    "\u000b",
    "\b",
    "\u001a",
    "\u007f",
    "\u0085",
    "\u2028",
    "\ufeff",
    "0",
    "-1",
    "x"
  };

  private final Random random;

  RandomValues(long salt) {
    this.random = new Random(SEED + salt);
  }

  List<String> some(Supplier<String> value) {
    return Stream.generate(value).limit(COUNT).toList();
  }

  String integer(int bits) {
    return new BigInteger(bits, random).shiftRight(random.nextInt(bits)).toString();
  }

  String signed(int bits) {
    BigInteger half = BigInteger.ONE.shiftLeft(bits - 1);
    return new BigInteger(bits, random).subtract(half).shiftRight(random.nextInt(bits)).toString();
  }

  String decimal(int precision, int scale) {
    int digits = 1 + random.nextInt(precision);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < digits; i++) {
      text.append(random.nextInt(10));
    }
    BigDecimal value = new BigDecimal(new BigInteger(text.toString()), scale);
    return (random.nextBoolean() ? value : value.negate()).toPlainString();
  }

  String float64() {
    double value = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(value) ? Double.toString(value) : "0.5";
  }

  String float32() {
    float value = Float.intBitsToFloat(random.nextInt());
    return Float.isFinite(value) ? Float.toString(value) : "0.5";
  }

  String text(int most) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(most + 1);
    while (text.codePointCount(0, text.length()) < length) {
      String next = LETTERS[random.nextInt(LETTERS.length)];
      if (text.codePointCount(0, text.length()) + next.codePointCount(0, next.length()) > most) {
        break;
      }
      text.append(next);
    }
    return text.toString();
  }

  String hex(int most) {
    byte[] bytes = new byte[random.nextInt(most + 1)];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  String bits(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(random.nextInt(2));
    }
    return text.toString();
  }

  String date(int from, int to) {
    return LocalDate.ofYearDay(from + random.nextInt(to - from + 1), 1 + random.nextInt(365))
        .toString();
  }

  String timestamp(int from, int to) {
    long first = LocalDate.of(from, 1, 1).toEpochDay() * 86_400;
    long last = LocalDate.of(to + 1, 1, 1).toEpochDay() * 86_400;
    long second = first + (long) (random.nextDouble() * (last - first));
    return LocalDateTime.ofEpochSecond(second, random.nextInt(1_000_000) * 1000, ZoneOffset.UTC)
        .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT));
  }

  String time() {
    return timestamp(2000, 2000).substring(11);
  }

  String uuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  /** Of a version and a variant that there are. */
  String randomUuid() {
    return uuid().replaceAll("^(.{14}).(.{4}).", "$14$28");
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  String json(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> "null";
      case 1 -> Boolean.toString(random.nextBoolean());
      case 2 -> signed(60);
      case 3 -> decimal(14, 5).replaceAll("^(-?)0+(?=\\d)", "$1");
      case 4, 5 -> jsonText();
      case 6 -> "[" + json(depth - 1) + ", " + json(depth - 1) + "]";
      default -> "{" + jsonText() + ": " + json(depth - 1) + ", \"k\": " + json(depth - 1) + "}";
    };
  }

  private String jsonText() {
    StringBuilder out = new StringBuilder("\"");
    text(8)
        .chars()
        .forEach(
            unit -> {
              if (unit == '"' || unit == '\\') {
                out.append('\\').append((char) unit);
              } else if (unit < ' ') {
                out.append(String.format(Locale.ROOT, "\\u%04x", unit));
              } else {
                out.append((char) unit);
              }
            });
    return out.append('"').toString();
  }
}
