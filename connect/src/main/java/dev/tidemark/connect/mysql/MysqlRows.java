package dev.tidemark.connect.mysql;

import dev.tidemark.connect.table.RowStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a query that the server streams, written as lines, many in a piece. */
final class MysqlRows extends RowStream {

  private static final int PIECE_BYTES = 1 << 15;
  private static final int ROOM = 2 * PIECE_BYTES;

  /** The letter that stands for a character after a backslash; 0 for those that stay. */
  private static final byte[] LETTERS = letters();

  private final Statement statement;
  private final ResultSet result;
  private final List<MysqlFields.Form> forms;
  private byte[] lines = new byte[ROOM];
  private int length;
  private long rows;
  private boolean ended;

  /**
   * Starts the query.
   *
   * @param forms of the values it selects. The server is not asked for more than to put short
   *     values together: the result would be NULL where it outgrows {@code max_allowed_packet}.
   */
  MysqlRows(Connection session, String query, List<MysqlFields.Form> forms) throws SQLException {
    this.forms = forms;
    this.statement =
        session.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    // Connector/J streams row by row when asked for exactly this.
    statement.setFetchSize(Integer.MIN_VALUE);
    try {
      this.result = statement.executeQuery(query);
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  private static byte[] letters() {
    byte[] letters = new byte[256];
    letters['\\'] = '\\';
    letters['\t'] = 't';
    letters['\n'] = 'n';
    letters['\r'] = 'r';
    return letters;
  }

  @Override
  protected byte @Nullable [] nextPiece() throws IOException {
    if (ended) {
      return null;
    }
    length = 0;
    try {
      while (length < PIECE_BYTES && !ended) {
        ended = !result.next();
        if (!ended) {
          appendRow();
        }
      }
      if (ended) {
        refuseWarnings();
      }
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
    return length == 0 ? null : piece();
  }

  private byte[] piece() {
    byte[] piece = Arrays.copyOf(lines, length);
    if (lines.length > ROOM) {
      // A long row was among them; the next ones need no such room.
      lines = new byte[ROOM];
    }
    return piece;
  }

  /** A server that cannot give a value as asked gives NULL and a warning. */
  private void refuseWarnings() throws SQLException {
    result.close();
    try (ResultSet warning = statement.executeQuery("SHOW WARNINGS")) {
      while (warning.next()) {
        if (!warning.getString(1).equals("Note")) {
          throw new SQLException(
              "The source warned while it was read: " + warning.getString(3),
              "22000",
              warning.getInt(2));
        }
      }
    }
  }

  private void appendRow() throws SQLException {
    int width = forms.size();
    for (int i = 1; i <= width; i++) {
      append(result.getBytes(i), forms.get(i - 1));
      lines[length++] = (byte) (i < width ? '\t' : '\n');
    }
    rows++;
  }

  /** Leaves room for what ends the field. */
  private void append(byte @Nullable [] field, MysqlFields.Form form) {
    if (field == null) {
      reserve(2);
      lines[length++] = '\\';
      lines[length++] = 'N';
      return;
    }
    if (form == MysqlFields.Form.READY) {
      reserve(field.length);
      append(field);
      return;
    }
    int escapes = 0;
    for (byte octet : field) {
      if (LETTERS[octet & 0xff] != 0) {
        escapes++;
      }
    }
    reserve(3L + field.length + escapes);
    if (form == MysqlFields.Form.PREFIXED) {
      lines[length++] = '\\';
      lines[length++] = '\\';
      lines[length++] = 'x';
    }
    if (escapes == 0) {
      append(field);
    } else {
      escape(field);
    }
  }

  private void append(byte[] field) {
    System.arraycopy(field, 0, lines, length, field.length);
    length += field.length;
  }

  private void escape(byte[] field) {
    for (byte octet : field) {
      byte letter = LETTERS[octet & 0xff];
      if (letter != 0) {
        lines[length++] = '\\';
        lines[length++] = letter;
      } else {
        lines[length++] = octet;
      }
    }
  }

  private void reserve(long bytes) {
    long needed = length + bytes + 1;
    if (needed > lines.length) {
      long room = Math.clamp(2L * lines.length, needed, Math.max(needed, Integer.MAX_VALUE - 8));
      lines = Arrays.copyOf(lines, Math.toIntExact(room));
    }
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public void close() throws IOException {
    try (statement) {
      result.close();
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
