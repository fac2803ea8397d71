package dev.tidemark.bench.pipe;

import dev.tidemark.bench.server.Database;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * {@code SELECT} of MySQL or MariaDB, streamed, into {@code COPY … FROM STDIN}: {@link RawPipe} the
 * other way. The bytes of the values go through as the server sends them.
 *
 * @param streams sessions on each side, each with an equal range of the keys
 */
public record SelectPipe(int streams) {

  private static final List<String> COLUMNS =
      List.of(
          "c_invoice_id",
          "ad_org_id",
          "document_no",
          "customer",
          "note",
          "qty",
          "grand_total",
          "tax",
          "invoiced_on",
          "paid",
          "created_at",
          "updated_at");

  private static final int PACKET = 1 << 16;

  /** Copies keys from 1 to {@code rows}; gives how many rows that were. */
  public long copy(Database source, Database target, long rows)
      throws IOException, InterruptedException {
    List<Future<Long>> streaming = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(streams)) {
      for (int i = 0; i < streams; i++) {
        long after = rows * i / streams;
        long upTo = rows * (i + 1) / streams;
        streaming.add(threads.submit(() -> stream(source, target, after, upTo)));
      }
      long copied = 0;
      for (Future<Long> stream : streaming) {
        copied += stream.get();
      }
      return copied;
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  /** Texts of the server's own, so that the driver has nothing to convert. */
  private String select(long after, long upTo) {
    String values =
        String.join(", ", COLUMNS.stream().map(column -> "concat(" + column + ")").toList());
    return ("SELECT " + values + " FROM c_invoice")
        + (streams == 1 ? "" : " WHERE c_invoice_id > " + after + " AND c_invoice_id <= " + upTo);
  }

  private long stream(Database source, Database target, long after, long upTo) throws SQLException {
    try (Connection reading = source.open();
        Connection writing = target.open();
        Statement statement =
            reading.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
      statement.setFetchSize(Integer.MIN_VALUE);
      CopyIn copy =
          writing
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("COPY c_invoice (" + String.join(", ", COLUMNS) + ") FROM STDIN");
      try (ResultSet rows = statement.executeQuery(select(after, upTo))) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(2 * PACKET);
        while (rows.next()) {
          line(rows, lines);
          if (lines.size() >= PACKET) {
            copy.writeToCopy(lines.toByteArray(), 0, lines.size());
            lines.reset();
          }
        }
        copy.writeToCopy(lines.toByteArray(), 0, lines.size());
        return copy.endCopy();
      } finally {
        if (copy.isActive()) {
          copy.cancelCopy();
        }
      }
    }
  }

  private static void line(ResultSet row, ByteArrayOutputStream lines) throws SQLException {
    for (int i = 1; i <= COLUMNS.size(); i++) {
      byte[] value = row.getBytes(i);
      if (value == null) {
        lines.write('\\');
        lines.write('N');
      } else {
        escape(value, lines);
      }
      lines.write(i == COLUMNS.size() ? '\n' : '\t');
    }
  }

  private static void escape(byte[] value, ByteArrayOutputStream lines) {
    int written = 0;
    for (int i = 0; i < value.length; i++) {
      byte one = value[i];
      if (one == '\n' || one == '\t' || one == '\r' || one == '\\') {
        lines.write(value, written, i - written);
        lines.write('\\');
        lines.write(one == '\n' ? 'n' : one == '\t' ? 't' : one == '\r' ? 'r' : '\\');
        written = i + 1;
      }
    }
    lines.write(value, written, value.length - written);
  }
}
