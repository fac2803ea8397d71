package dev.tidemark.connect.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Rows as lines of text: fields between tabs, {@code \N} for NULL, backslash escapes, UTF-8. This
 * is what PostgreSQL's {@code COPY} and MySQL's {@code LOAD DATA} both speak.
 */
public abstract class RowStream extends InputStream {

  /** In place of a character: the letter behind a backslash stands for none. */
  public static final int NOTHING_MEANT = -1;

  private static final byte[] NOTHING = {};

  private byte[] piece = NOTHING;
  private int position;
  private boolean ended;
  private long bytes;

  /** The character for which a letter behind a backslash stands, or {@link #NOTHING_MEANT}. */
  public static int meant(byte letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0b;
      case '\\' -> '\\';
      default -> NOTHING_MEANT;
    };
  }

  /** The next bytes, or null at the end. */
  protected abstract byte @Nullable [] nextPiece() throws IOException;

  /** What whoever writes the rows is told when they could not be read. */
  public static SQLException unreadable(Throwable cause) {
    return new SQLException("reading the source: " + cause.getMessage(), "08006", cause);
  }

  /** Bytes handed out. */
  public final long bytes() {
    return bytes;
  }

  /** Rows handed out; exact at the end of the stream. */
  public abstract long rows();

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** Fills the buffer as far as there are rows: drivers make a packet of each read. */
  @Override
  public final int read(byte[] buffer, int offset, int length) throws IOException {
    int filled = 0;
    while (filled < length && advance()) {
      int part = Math.min(length - filled, piece.length - position);
      System.arraycopy(piece, position, buffer, offset + filled, part);
      position += part;
      filled += part;
    }
    bytes += filled;
    return filled == 0 && length > 0 ? -1 : filled;
  }

  private boolean advance() throws IOException {
    while (!ended && position == piece.length) {
      byte[] next = nextPiece();
      if (next == null) {
        ended = true;
      } else {
        piece = next;
        position = 0;
      }
    }
    return !ended;
  }

  /**
   * Reads what is left and gives it up: where little is left, that is safer than to cancel, which
   * may come late and hit the next statement of the session.
   */
  public final void drain() throws IOException {
    long ignored = transferTo(OutputStream.nullOutputStream());
  }

  /** Ends the read; what is left of it is given up. */
  @Override
  public abstract void close() throws IOException;
}
