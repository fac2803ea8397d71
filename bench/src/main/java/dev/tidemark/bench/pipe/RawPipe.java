package dev.tidemark.bench.pipe;

import com.mysql.cj.jdbc.JdbcStatement;
import dev.tidemark.bench.server.Database;
import dev.tidemark.connect.configuration.DatabaseType;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;

/**
 * {@code COPY … TO STDOUT} into {@code LOAD DATA LOCAL} or {@code COPY … FROM STDIN}: one statement
 * on each side, one stream, one transaction, in the order in which the rows lie. Sessions are set
 * as Tidemark's are. It neither resumes nor checks anything.
 */
public final class RawPipe {

  private static final String COLUMNS =
      "c_invoice_id, ad_org_id, document_no, customer, note, qty, grand_total, tax, invoiced_on,"
          + " paid, created_at, updated_at";

  private static final String AS_MYSQL_TAKES_THEM =
      "(SELECT c_invoice_id, ad_org_id, document_no, customer, note, qty, grand_total, tax,"
          + " invoiced_on, paid::int, created_at AT TIME ZONE 'UTC', updated_at AT TIME ZONE 'UTC'"
          + " FROM c_invoice)";

  private RawPipe() {}

  /** Copies all rows; gives how many. */
  public static long copy(Database source, Database target) throws SQLException, IOException {
    boolean postgres = target.type() == DatabaseType.POSTGRESQL;
    String read = "COPY " + (postgres ? "c_invoice" : AS_MYSQL_TAKES_THEM) + " TO STDOUT";
    try (Connection reading = source.open();
        Connection writing = target.openToLoad();
        InputStream rows =
            new WholeReads(new PGCopyInputStream(reading.unwrap(PGConnection.class), read))) {
      return postgres ? copyIn(writing, rows) : loadData(writing, rows);
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

  /** Fills each buffer: drivers make a packet of each read, and PostgreSQL sends row by row. */
  private static final class WholeReads extends FilterInputStream {

    WholeReads(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int filled = in.readNBytes(buffer, offset, length);
      return filled == 0 && length > 0 ? -1 : filled;
    }
  }
}
