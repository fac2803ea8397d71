package dev.tidemark.connect.postgresql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Numbers of lines in PostgreSQL's binary form. Each says whether it understood the text. */
final class BinaryNumbers {

  private static final int LONGEST = 18;
  private static final int NEGATIVE = 0x4000;

  /** Decimal digits of one of numeric's own. */
  private static final int DIGITS = 4;

  /** Bytes in front of the digits: how many these are, their weight, the sign and the scale. */
  private static final int HEAD = 4 * Short.BYTES;

  /** Far more than anybody has; numeric's own bounds are beyond. */
  private static final int LONGEST_DECIMAL = 10_000;

  private BinaryNumbers() {}

  /** Whether it is an integer that so many bytes can hold, and put with these. */
  static boolean integer(byte[] text, int from, int to, int bytes, ByteBuffer out) {
    boolean negative = from < to && text[from] == '-';
    int first = negative ? from + 1 : from;
    if (first == to || to - first > LONGEST) {
      return to - first == LONGEST + 1 && bytes == Long.BYTES && longest(text, from, to, out);
    }
    long number = 0;
    for (int i = first; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      number = number * 10 + digit;
    }
    number = negative ? -number : number;
    long most = Long.MAX_VALUE >>> (Long.SIZE - bytes * Byte.SIZE);
    if (number > most || number < -most - 1) {
      return false;
    }
    switch (bytes) {
      case Short.BYTES -> out.putInt(bytes).putShort((short) number);
      case Integer.BYTES -> out.putInt(bytes).putInt((int) number);
      default -> out.putInt(bytes).putLong(number);
    }
    return true;
  }

  /** Nineteen digits, which may be too many. */
  private static boolean longest(byte[] text, int from, int to, ByteBuffer out) {
    try {
      out.putInt(Long.BYTES).putLong(Long.parseLong(ascii(text, from, to)));
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** A decimal without an exponent. */
  static boolean numeric(byte[] text, int from, int to, ByteBuffer out) {
    boolean negative = from < to && text[from] == '-';
    int first = negative ? from + 1 : from;
    int point = first;
    while (point < to && text[point] != '.') {
      point++;
    }
    int scale = Math.max(0, to - point - 1);
    if (point == first || to - first > LONGEST_DECIMAL || (point < to && scale == 0)) {
      return false;
    }
    int start = out.position();
    // Its size, and how many digits it has, are put when they are known.
    out.position(start + Integer.BYTES + Short.BYTES);
    int groups = (point - first + DIGITS - 1) / DIGITS;
    out.putShort((short) (groups - 1));
    out.putShort((short) (negative ? NEGATIVE : 0));
    out.putShort((short) scale);
    if (!whole(text, first, point, out) || !fraction(text, point + 1, to, out)) {
      return false;
    }
    int size = out.position() - start - Integer.BYTES;
    out.putInt(start, size);
    out.putShort(start + Integer.BYTES, (short) ((size - HEAD) / Short.BYTES));
    return true;
  }

  /** The digits in front of the point, of which the first of numeric's may have fewer. */
  private static boolean whole(byte[] text, int from, int to, ByteBuffer out) {
    int digit = 0;
    for (int i = from; i < to; i++) {
      int next = text[i] - '0';
      if (next < 0 || next > 9) {
        return false;
      }
      digit = digit * 10 + next;
      if ((to - i - 1) % DIGITS == 0) {
        out.putShort((short) digit);
        digit = 0;
      }
    }
    return true;
  }

  /** The digits behind the point, of which the last of numeric's is filled up by zeros. */
  private static boolean fraction(byte[] text, int from, int to, ByteBuffer out) {
    int digit = 0;
    int full = from + (Math.max(0, to - from) + DIGITS - 1) / DIGITS * DIGITS;
    for (int i = from; i < full; i++) {
      int next = i < to ? text[i] - '0' : 0;
      if (next < 0 || next > 9) {
        return false;
      }
      digit = digit * 10 + next;
      if ((i - from + 1) % DIGITS == 0) {
        out.putShort((short) digit);
        digit = 0;
      }
    }
    return true;
  }

  /** A floating number that so many bytes can hold: neither too large nor too small for them. */
  static boolean floating(byte[] text, int from, int to, int bytes, ByteBuffer out) {
    if (!isPlain(text, from, to)) {
      return false;
    }
    try {
      double number = put(ascii(text, from, to), bytes, out);
      return !Double.isInfinite(number) && (number != 0 || isZero(text, from, to));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Read at once as what it becomes: rounded twice, it would be another number. */
  private static double put(String text, int bytes, ByteBuffer out) {
    if (bytes == Float.BYTES) {
      float number = Float.parseFloat(text);
      out.putInt(bytes).putFloat(number);
      return number;
    }
    double number = Double.parseDouble(text);
    out.putInt(bytes).putDouble(number);
    return number;
  }

  /** Java reads letters and blanks that are no number to PostgreSQL. */
  private static boolean isPlain(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      byte octet = text[i];
      boolean digit = octet >= '0' && octet <= '9';
      if (!digit && octet != '.' && octet != '-' && octet != '+' && octet != 'e' && octet != 'E') {
        return false;
      }
    }
    return true;
  }

  private static boolean isZero(byte[] text, int from, int to) {
    for (int i = from; i < to && text[i] != 'e' && text[i] != 'E'; i++) {
      if (text[i] >= '1' && text[i] <= '9') {
        return false;
      }
    }
    return true;
  }

  private static String ascii(byte[] text, int from, int to) {
    return new String(text, from, to - from, StandardCharsets.US_ASCII);
  }
}
