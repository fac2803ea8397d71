package dev.tidemark.connect.comparison;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Rows as they travel: the key of each in its canonical text, and the fingerprint of all of its
 * columns. Kept as bytes: of most rows nobody ever asks for the key.
 */
final class RowList {

  private static final int FEW = 16;
  private static final int DIGIT_BITS = 4;

  private final int width;
  private byte[] text = new byte[FEW * 16];

  /** Where each value of each key ends in the text. */
  private int[] ends;

  private long[] fingerprints = new long[FEW];
  private int size;

  /**
   * No rows yet.
   *
   * @param width how many columns the key has
   */
  RowList(int width) {
    this.width = width;
    this.ends = new int[FEW * width];
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /**
   * Adds a row.
   *
   * @param key one value for each column
   */
  void add(long fingerprint, byte[]... key) {
    grow();
    for (int i = 0; i < width; i++) {
      put(i, key[i], 0, key[i].length);
    }
    fingerprints[size++] = fingerprint;
  }

  /**
   * Adds rows of which each is a fingerprint's digits and, behind it, each value of the key with a
   * line feed at its end.
   *
   * @param digits how many a fingerprint has
   */
  void addLines(byte[] lines, int digits) {
    int at = 0;
    while (at < lines.length) {
      grow();
      long fingerprint = number(lines, at, at + digits);
      at += digits;
      for (int i = 0; i < width; i++) {
        int end = at;
        while (lines[end] != '\n') {
          end++;
        }
        put(i, lines, at, end);
        at = end + 1;
      }
      fingerprints[size++] = fingerprint;
    }
  }

  /** What hexadecimal digits say. */
  static long number(byte[] digits, int start, int end) {
    long value = 0;
    for (int i = start; i < end; i++) {
      value = value << DIGIT_BITS | Character.digit(digits[i], 1 << DIGIT_BITS);
    }
    return value;
  }

  private void grow() {
    if (size == fingerprints.length) {
      fingerprints = Arrays.copyOf(fingerprints, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size * width);
    }
  }

  /** A value of the key of the row that is being added. */
  private void put(int column, byte[] bytes, int from, int to) {
    int start = column == 0 ? start(size) : ends[size * width + column - 1];
    int end = start + to - from;
    if (end > text.length) {
      text = Arrays.copyOf(text, Math.max(2 * text.length, end));
    }
    System.arraycopy(bytes, from, text, start, to - from);
    ends[size * width + column] = end;
  }

  /** Adds a row of another list. */
  void add(RowList other, int row) {
    byte[][] key = new byte[width][];
    int start = other.start(row);
    for (int i = 0; i < width; i++) {
      int end = other.ends[row * width + i];
      key[i] = Arrays.copyOfRange(other.text, start, end);
      start = end;
    }
    add(other.fingerprints[row], key);
  }

  int width() {
    return width;
  }

  private int start(int row) {
    return row == 0 ? 0 : end(row - 1);
  }

  private int end(int row) {
    return ends[(row + 1) * width - 1];
  }

  long fingerprint(int row) {
    return fingerprints[row];
  }

  List<String> key(int row) {
    String[] values = new String[width];
    int start = start(row);
    for (int i = 0; i < width; i++) {
      int end = ends[row * width + i];
      values[i] = new String(text, start, end - start, StandardCharsets.UTF_8);
      start = end;
    }
    return List.of(values);
  }

  List<String> lastKey() {
    return key(size - 1);
  }

  /** Whether a row here and one there have one key. */
  boolean sameKey(int row, RowList other, int there) {
    int start = start(row);
    int otherStart = other.start(there);
    if (!Arrays.equals(text, start, end(row), other.text, otherStart, other.end(there))) {
      return false;
    }
    for (int i = 0; i < width - 1; i++) {
      if (ends[row * width + i] - start != other.ends[there * width + i] - otherStart) {
        return false;
      }
    }
    return true;
  }

  /** Equal for equal keys. */
  int keyHash(int row) {
    int hash = 1;
    for (int i = start(row); i < end(row); i++) {
      hash = 31 * hash + text[i];
    }
    return hash;
  }

  /** Whether both have the same rows in the same order. */
  boolean sameRows(RowList other) {
    if (size != other.size) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (fingerprints[i] != other.fingerprints[i] || !sameKey(i, other, i)) {
        return false;
      }
    }
    return true;
  }
}
