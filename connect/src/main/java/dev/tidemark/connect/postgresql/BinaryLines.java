package dev.tidemark.connect.postgresql;

import dev.tidemark.connect.table.RowStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Lines turned into what {@code COPY … (FORMAT binary)} takes: PostgreSQL needs three fifths of the
 * time for it that it needs for texts. A line that holds something else than plain values of its
 * types, or is very long, is left as it is with all that follow, so that the server decides what it
 * means.
 */
final class BinaryLines {

  private static final byte[] SIGNATURE =
      "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);

  /** No flags, and nothing that somebody may skip. */
  private static final int NO_FLAGS = 0;

  private static final int NO_EXTENSION = 0;
  private static final short END = -1;
  private static final int NULL = -1;

  /** About as many bytes as a packet has. */
  private static final int PIECE = 1 << 16;

  /**
   * A longer line is nobody's gain: its values are mostly characters. And of rows that come as
   * values the server keeps a thousand at once, however long they are.
   */
  private static final int LONGEST_LINE = 1 << 14;

  /** In place of the begin of the next line: not all of this one is there yet. */
  private static final int CUT_OFF = -1;

  /** Or it is none that can be turned. */
  private static final int NOT_PLAIN = -2;

  private final InputStream rows;
  private final BinaryForm[] forms;
  private final BinaryValue value = new BinaryValue(2 * PIECE);
  private byte[] text = new byte[PIECE];
  private int position;
  private int limit;
  private long turned;
  private boolean started;
  private boolean done;

  /**
   * Lines of values of these forms.
   *
   * @param rows closed by whoever opened it
   */
  BinaryLines(RowStream rows, List<BinaryForm> forms) {
    this.rows = rows;
    this.forms = forms.toArray(BinaryForm[]::new);
  }

  /** Makes the next piece; false when there is none. */
  boolean advance() throws IOException {
    if (done) {
      return false;
    }
    ByteBuffer out = value.cleared();
    if (!started) {
      out.put(SIGNATURE).putInt(NO_FLAGS).putInt(NO_EXTENSION);
      started = true;
    }
    while (value.out().position() < PIECE && !done) {
      turnNext();
    }
    if (done) {
      value.reserve(Short.BYTES);
      value.out().putShort(END);
    }
    return true;
  }

  /** The piece, from its begin on. */
  byte[] piece() {
    return value.out().array();
  }

  /** The piece's length. */
  int length() {
    return value.out().position();
  }

  /** Lines turned so far. */
  long turned() {
    return turned;
  }

  /** Whether lines are left as they are, once no piece is left. */
  boolean leaves() {
    return limit > position;
  }

  /** The lines that are left; the rows stay open behind them. */
  InputStream rest() {
    InputStream unread =
        new FilterInputStream(rows) {
          @Override
          public void close() {}
        };
    return new SequenceInputStream(
        new ByteArrayInputStream(text, position, limit - position), unread);
  }

  private void turnNext() throws IOException {
    int begin = value.out().position();
    int next = turnedUpTo();
    while (next == CUT_OFF && limit - position <= LONGEST_LINE && fill()) {
      value.out().position(begin);
      next = turnedUpTo();
    }
    if (next > 0 && next - position <= LONGEST_LINE) {
      turned++;
      position = next;
    } else {
      value.out().position(begin);
      done = true;
    }
  }

  /** Reads on; false at the end. */
  private boolean fill() throws IOException {
    System.arraycopy(text, position, text, 0, limit - position);
    limit -= position;
    position = 0;
    if (limit == text.length) {
      text = Arrays.copyOf(text, 2 * text.length);
    }
    int read = rows.read(text, limit, text.length - limit);
    limit += Math.max(0, read);
    return read >= 0;
  }

  /**
   * Turns the next line, if all of it is there and each value is a plain one of its type.
   *
   * @return where the line behind it begins
   */
  private int turnedUpTo() {
    value.reserve(Short.BYTES);
    value.out().putShort((short) forms.length);
    int from = position;
    int last = forms.length - 1;
    for (int i = 0; i <= last; i++) {
      int to = from;
      boolean escaped = false;
      while (to < limit && text[to] != '\t' && text[to] != '\n') {
        escaped |= text[to] == '\\';
        to++;
      }
      if (to == limit) {
        return CUT_OFF;
      }
      if (text[to] != (i == last ? '\n' : '\t') || !put(forms[i], from, to, escaped)) {
        return NOT_PLAIN;
      }
      from = to + 1;
    }
    return from;
  }

  private boolean put(BinaryForm form, int from, int to, boolean escaped) {
    if (escaped && to - from == 2 && text[from + 1] == 'N') {
      value.reserve(Integer.BYTES);
      value.out().putInt(NULL);
      return true;
    }
    return value.put(form, text, from, to, escaped);
  }
}
