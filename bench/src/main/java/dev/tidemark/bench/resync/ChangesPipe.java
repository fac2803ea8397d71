package dev.tidemark.bench.resync;

import com.mysql.cj.jdbc.JdbcStatement;
import dev.tidemark.bench.pipe.RawPipe;
import dev.tidemark.bench.server.Database;
import dev.tidemark.connect.configuration.DatabaseType;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;

/**
 * What a person would type for the rows that changed since a moment: {@code COPY (… WHERE …) TO
 * STDOUT} into {@code LOAD DATA … REPLACE}, or into a temporary table and an upsert from it. It
 * remembers nothing, and misses what was committed late.
 */
final class ChangesPipe {

  private ChangesPipe() {}

  /** Copies; gives how many rows. */
  static long copy(Database source, Database target, String since)
      throws SQLException, IOException {
    String columns = RawPipe.columns(target.type());
    String read =
        ("COPY (SELECT " + columns + " FROM c_invoice WHERE created_at > '" + since + "')")
            + " TO STDOUT";
    try (Connection reading = source.open();
        Connection writing = target.openToLoad();
        Statement statement = writing.createStatement();
        InputStream rows = new PGCopyInputStream(reading.unwrap(PGConnection.class), read)) {
      return target.type() == DatabaseType.POSTGRESQL
          ? upsert(writing, statement, rows)
          : replace(statement, rows);
    }
  }

  private static long replace(Statement statement, InputStream rows) throws SQLException {
    statement.unwrap(JdbcStatement.class).setLocalInfileInputStream(rows);
    // A row that is replaced counts twice.
    return statement.executeLargeUpdate(
            "LOAD DATA LOCAL INFILE 'rows' REPLACE INTO TABLE c_invoice CHARACTER SET utf8mb4 ("
                + RawPipe.COLUMNS
                + ")")
        / 2;
  }

  private static long upsert(Connection writing, Statement statement, InputStream rows)
      throws SQLException, IOException {
    statement.execute("CREATE TEMPORARY TABLE changed (LIKE c_invoice)");
    writing
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn("COPY changed (" + RawPipe.COLUMNS + ") FROM STDIN", rows, 1 << 16);
    String assignments =
        Stream.of(RawPipe.COLUMNS.split(", ", -1))
            .map(name -> name + " = excluded." + name)
            .collect(Collectors.joining(", "));
    return statement.executeLargeUpdate(
        ("INSERT INTO c_invoice SELECT " + RawPipe.COLUMNS + " FROM changed")
            + (" ON CONFLICT (c_invoice_id) DO UPDATE SET " + assignments));
  }
}
