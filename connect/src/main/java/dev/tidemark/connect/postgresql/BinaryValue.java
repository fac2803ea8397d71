package dev.tidemark.connect.postgresql;

import dev.tidemark.connect.table.RowStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Puts values of lines in their binary forms, each behind its length, one behind the other. */
final class BinaryValue {

  /** More than any value has that is not longer than its text. */
  private static final int ROOM = 64;

  /** What is in front of the digits of bytes in a line: an escaped backslash and an x. */
  private static final int BYTES_BEGIN = 3;

  private static final int UUID_LENGTH = 36;
  private static final byte JSONB_VERSION = 1;

  private ByteBuffer out;

  BinaryValue(int room) {
    this.out = ByteBuffer.allocate(room);
  }

  /** What was put so far; another one after more room was reserved. */
  ByteBuffer out() {
    return out;
  }

  /** The same with nothing in it. */
  ByteBuffer cleared() {
    return out.clear();
  }

  /** Makes room for so many bytes. */
  void reserve(int bytes) {
    if (out.remaining() < bytes) {
      int used = out.position();
      int room = Math.max(2 * out.capacity(), used + bytes);
      out = ByteBuffer.wrap(Arrays.copyOf(out.array(), room)).position(used);
    }
  }

  /**
   * Puts a value that is not NULL.
   *
   * @param escaped whether there is a backslash in its text
   * @return false where the text is no plain value; what was put of it is to be taken back
   */
  boolean put(BinaryForm form, byte[] text, int from, int to, boolean escaped) {
    reserve(ROOM + to - from);
    if (form == BinaryForm.TEXT || form == BinaryForm.JSONB) {
      return characters(form, text, from, to, escaped);
    }
    if (form == BinaryForm.BYTEA) {
      return bytes(text, from, to);
    }
    return !escaped
        && switch (form) {
          case BOOLEAN -> bool(text, from, to);
          case INT2 -> BinaryNumbers.integer(text, from, to, Short.BYTES, out);
          case INT4 -> BinaryNumbers.integer(text, from, to, Integer.BYTES, out);
          case INT8 -> BinaryNumbers.integer(text, from, to, Long.BYTES, out);
          case NUMERIC -> BinaryNumbers.numeric(text, from, to, out);
          case FLOAT4 -> BinaryNumbers.floating(text, from, to, Float.BYTES, out);
          case FLOAT8 -> BinaryNumbers.floating(text, from, to, Double.BYTES, out);
          case DATE -> date(BinaryTimes.date(text, from, to));
          case TIME -> micros(BinaryTimes.time(text, from, to));
          case TIMESTAMP -> micros(BinaryTimes.timestamp(text, from, to));
          case UUID -> uuid(text, from, to);
          case TEXT, BYTEA, JSONB -> throw new IllegalStateException(form + " is put above");
        };
  }

  private boolean characters(BinaryForm form, byte[] text, int from, int to, boolean escaped) {
    int start = out.position();
    out.position(start + Integer.BYTES);
    if (form == BinaryForm.JSONB) {
      out.put(JSONB_VERSION);
    }
    if (!escaped) {
      out.put(text, from, to - from);
    } else if (!unescaped(text, from, to)) {
      return false;
    }
    out.putInt(start, out.position() - start - Integer.BYTES);
    return true;
  }

  private boolean unescaped(byte[] text, int from, int to) {
    int plain = from;
    for (int i = from; i < to; i++) {
      if (text[i] == '\\') {
        out.put(text, plain, i - plain);
        i++;
        int meant = i < to ? RowStream.meant(text[i]) : RowStream.NOTHING_MEANT;
        if (meant == RowStream.NOTHING_MEANT) {
          return false;
        }
        out.put((byte) meant);
        plain = i + 1;
      }
    }
    out.put(text, plain, to - plain);
    return true;
  }

  private boolean bytes(byte[] text, int from, int to) {
    int digits = to - from - BYTES_BEGIN;
    boolean prefixed =
        digits >= 0 && text[from] == '\\' && text[from + 1] == '\\' && text[from + 2] == 'x';
    if (!prefixed || digits % 2 != 0) {
      return false;
    }
    out.putInt(digits / 2);
    return octets(text, from + BYTES_BEGIN, to);
  }

  private boolean octets(byte[] text, int from, int to) {
    for (int i = from; i < to; i += 2) {
      int high = Character.digit(text[i], 16);
      int low = Character.digit(text[i + 1], 16);
      if (high < 0 || low < 0) {
        return false;
      }
      out.put((byte) (high << 4 | low));
    }
    return true;
  }

  private boolean bool(byte[] text, int from, int to) {
    boolean known = to - from == 1 && (text[from] == '0' || text[from] == '1');
    out.putInt(Byte.BYTES).put((byte) (known && text[from] == '1' ? 1 : 0));
    return known;
  }

  private boolean date(long days) {
    out.putInt(Integer.BYTES).putInt((int) days);
    return days != BinaryTimes.NOT_UNDERSTOOD;
  }

  private boolean micros(long micros) {
    out.putInt(Long.BYTES).putLong(micros);
    return micros != BinaryTimes.NOT_UNDERSTOOD;
  }

  /** Digits with hyphens, as all servers print them. */
  private boolean uuid(byte[] text, int from, int to) {
    boolean hyphens =
        to - from == UUID_LENGTH
            && text[from + 8] == '-'
            && text[from + 13] == '-'
            && text[from + 18] == '-'
            && text[from + 23] == '-';
    if (!hyphens) {
      return false;
    }
    out.putInt(2 * Long.BYTES);
    return octets(text, from, from + 8)
        && octets(text, from + 9, from + 13)
        && octets(text, from + 14, from + 18)
        && octets(text, from + 19, from + 23)
        && octets(text, from + 24, to);
  }
}
