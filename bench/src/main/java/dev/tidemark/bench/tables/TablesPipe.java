package dev.tidemark.bench.tables;

import com.mysql.cj.jdbc.JdbcStatement;
import dev.tidemark.bench.server.Database;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;

/**
 * What a script would do: for one table after the other {@code CREATE TABLE}, and {@code COPY … TO
 * STDOUT} into {@code LOAD DATA}, by one session on each side. It remembers nothing.
 */
final class TablesPipe {

  private TablesPipe() {}

  /** Copies; gives how many rows. */
  static long copy(Database source, Database target, List<String> tables)
      throws SQLException, IOException {
    long copied = 0;
    try (Connection reading = source.open();
        Connection writing = target.openToLoad();
        Statement statement = writing.createStatement()) {
      for (String table : tables) {
        statement.execute(
            "CREATE TABLE "
                + table
                + " (id bigint PRIMARY KEY, name varchar(80) NOT NULL, amount decimal(12,2),"
                + " active boolean NOT NULL, updated_at datetime(6) NOT NULL)");
        String read =
            "COPY (SELECT id, name, amount, active::int, updated_at AT TIME ZONE 'UTC' FROM "
                + table
                + ") TO STDOUT";
        try (InputStream rows = new PGCopyInputStream(reading.unwrap(PGConnection.class), read)) {
          statement.unwrap(JdbcStatement.class).setLocalInfileInputStream(rows);
          copied +=
              statement.executeLargeUpdate(
                  "LOAD DATA LOCAL INFILE 'rows' INTO TABLE " + table + " CHARACTER SET utf8mb4");
        }
      }
    }
    return copied;
  }
}
