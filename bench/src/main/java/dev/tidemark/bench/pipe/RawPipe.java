package dev.tidemark.bench.pipe;

import com.mysql.cj.jdbc.JdbcStatement;
import dev.tidemark.bench.server.Database;
import dev.tidemark.connect.configuration.DatabaseType;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;

/**
 * {@code COPY … TO STDOUT} into {@code LOAD DATA LOCAL} or {@code COPY … FROM STDIN}, in the order
 * in which the rows lie. Sessions are set as Tidemark's are. It neither resumes nor checks
 * anything.
 *
 * @param streams sessions on each side, each with an equal range of the keys
 * @param commitRows rows of a statement, each of which commits; 0 for one statement a stream
 */
public record RawPipe(int streams, int commitRows) {

  /** The table's columns, in their order. */
  public static final String COLUMNS =
      "c_invoice_id, ad_org_id, document_no, customer, note, qty, grand_total, tax, invoiced_on,"
          + " paid, created_at, updated_at";

  private static final String AS_MYSQL_TAKES_THEM =
      "c_invoice_id, ad_org_id, document_no, customer, note, qty, grand_total, tax,"
          + " invoiced_on, paid::int, created_at AT TIME ZONE 'UTC', updated_at AT TIME ZONE 'UTC'";

  /** Copies keys from 1 to {@code rows}; gives how many rows that were. */
  public long copy(Database source, Database target, long rows)
      throws SQLException, IOException, InterruptedException {
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

  /** What to select, so that a database of this type understands the lines. */
  public static String columns(DatabaseType target) {
    return target == DatabaseType.POSTGRESQL ? COLUMNS : AS_MYSQL_TAKES_THEM;
  }

  private long stream(Database source, Database target, long after, long upTo)
      throws SQLException, IOException {
    boolean postgres = target.type() == DatabaseType.POSTGRESQL;
    String where =
        streams == 1 ? "" : " WHERE c_invoice_id > " + after + " AND c_invoice_id <= " + upTo;
    String read =
        ("COPY (SELECT " + columns(target.type())) + (" FROM c_invoice" + where + ") TO STDOUT");
    try (Connection reading = source.open();
        Connection writing = target.openToLoad();
        InputStream rows = new PGCopyInputStream(reading.unwrap(PGConnection.class), read)) {
      long copied = 0;
      while (true) {
        Lines lines = new Lines(rows, commitRows == 0 ? Long.MAX_VALUE : commitRows);
        long loaded = postgres ? copyIn(writing, lines) : loadData(writing, lines);
        copied += loaded;
        if (lines.ended()) {
          return copied;
        }
      }
    }
  }

  private static long copyIn(Connection writing, InputStream rows)
      throws SQLException, IOException {
    return writing
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn("COPY c_invoice (" + COLUMNS + ") FROM STDIN", rows, 1 << 16);
  }

  private static long loadData(Connection writing, InputStream rows) throws SQLException {
    try (Statement statement = writing.createStatement()) {
      statement.unwrap(JdbcStatement.class).setLocalInfileInputStream(rows);
      return statement.executeLargeUpdate(
          "LOAD DATA LOCAL INFILE 'rows' INTO TABLE c_invoice CHARACTER SET utf8mb4 ("
              + COLUMNS
              + ")");
    }
  }

  /**
   * So many of the lines that follow in another stream, which sends one line a read. Fills each
   * buffer, since drivers make a packet of each read.
   */
  private static final class Lines extends InputStream {

    private final InputStream in;
    private long left;
    private boolean ended;

    Lines(InputStream in, long most) {
      this.in = in;
      this.left = most;
    }

    boolean ended() {
      return ended;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int filled = 0;
      while (filled < length && left > 0 && !ended) {
        int read = in.read(buffer, offset + filled, length - filled);
        ended = read < 0;
        if (read > 0) {
          filled += read;
          left -= buffer[offset + filled - 1] == '\n' ? 1 : 0;
        }
      }
      return filled == 0 && length > 0 ? -1 : filled;
    }
  }
}
