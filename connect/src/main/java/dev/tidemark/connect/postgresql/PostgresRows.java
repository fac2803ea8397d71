package dev.tidemark.connect.postgresql;

import dev.tidemark.connect.table.LineStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Rows of a {@code COPY … TO STDOUT}: PostgreSQL sends one line a message. */
final class PostgresRows extends LineStream {

  private final CopyOut copy;
  private final boolean lettersToBytes;

  /**
   * Starts the copy.
   *
   * @param lettersToBytes whether to replace {@code \f} and {@code \v}, which MySQL would read as
   *     the letters, by the characters that they stand for
   */
  PostgresRows(Connection session, String copyStatement, boolean lettersToBytes)
      throws SQLException {
    this.copy = session.unwrap(PGConnection.class).getCopyAPI().copyOut(copyStatement);
    this.lettersToBytes = lettersToBytes;
  }

  @Override
  protected byte @Nullable [] nextLine() throws IOException {
    try {
      byte[] line = copy.readFromCopy();
      return line == null || !lettersToBytes ? line : withoutLetters(line);
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static byte[] withoutLetters(byte[] line) {
    int to = -1;
    for (int from = 0; from < line.length; from++) {
      byte current = line[from];
      if (current == '\\') {
        byte letter = line[from + 1];
        if (letter == 'f' || letter == 'v') {
          if (to < 0) {
            to = from;
          }
          line[to++] = (byte) (letter == 'f' ? '\f' : 0x0b);
        } else if (to >= 0) {
          line[to++] = current;
          line[to++] = letter;
        }
        from++;
      } else if (to >= 0) {
        line[to++] = current;
      }
    }
    return to < 0 ? line : Arrays.copyOf(line, to);
  }

  @Override
  public void close() throws IOException {
    if (copy.isActive()) {
      try {
        copy.cancelCopy();
      } catch (SQLException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }
}
