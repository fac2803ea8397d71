package dev.tidemark.connect.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Rows of a query that the server streams, written as lines. */
final class MysqlRows extends LineStream {

  private static final byte[] NULL_FIELD = "\\N".getBytes(StandardCharsets.US_ASCII);

  private final Statement statement;
  private final ResultSet result;
  private final int width;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);

  MysqlRows(Connection session, String query) throws SQLException {
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
        return null;
      }
      line.reset();
      for (int i = 1; i <= width; i++) {
        if (i > 1) {
          line.write('\t');
        }
        append(result.getBytes(i));
      }
      line.write('\n');
      return line.toByteArray();
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void append(byte @Nullable [] field) {
    if (field == null) {
      line.writeBytes(NULL_FIELD);
      return;
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
