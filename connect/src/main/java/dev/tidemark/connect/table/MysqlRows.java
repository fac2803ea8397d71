package dev.tidemark.connect.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Rows of a query that the server streams, written as lines. */
final class MysqlRows extends LineStream {

  private static final byte[] NULL_FIELD = "\\N".getBytes(StandardCharsets.US_ASCII);

  private final Statement statement;
  private final ResultSet result;
  private final int width;
  private final BitSet prefixed;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);

  /**
   * Starts the query.
   *
   * @param prefixed fields of hexadecimal digits that need {@code \\x} before them. The server is
   *     not asked to put it there: the result would be NULL where it outgrows {@code
   *     max_allowed_packet}.
   */
  MysqlRows(Connection session, String query, BitSet prefixed) throws SQLException {
    this.prefixed = prefixed;
    this.statement =
        session.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    // Connector/J streams row by row when asked for exactly this.
    statement.setFetchSize(Integer.MIN_VALUE);
    try {
      this.result = statement.executeQuery(query);
      this.width = result.getMetaData().getColumnCount();
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  @Override
  protected byte @Nullable [] nextLine() throws IOException {
    try {
      if (!result.next()) {
        refuseWarnings();
        return null;
      }
      line.reset();
      for (int i = 1; i <= width; i++) {
        if (i > 1) {
          line.write('\t');
        }
        append(result.getBytes(i), prefixed.get(i - 1));
      }
      line.write('\n');
      return line.toByteArray();
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
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

  private void append(byte @Nullable [] field, boolean prefix) {
    if (field == null) {
      line.writeBytes(NULL_FIELD);
      return;
    }
    if (prefix) {
      escape('\\');
      line.write('x');
    }
    for (byte octet : field) {
      switch (octet) {
        case '\\' -> escape('\\');
        case '\t' -> escape('t');
        case '\n' -> escape('n');
        case '\r' -> escape('r');
        default -> line.write(octet);
      }
    }
  }

  private void escape(char letter) {
    line.write('\\');
    line.write(letter);
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
