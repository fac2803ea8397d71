package dev.tidemark.connect.letter;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.dialect.Dialects;
import dev.tidemark.connect.table.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tidemark's table of dead letters in a target's schema. */
public final class LetterTable {

  static final String NAME = "tidemark_dead_letter";

  static final String COLUMNS =
      "id, table_name, slice, source, pass, row_key, row_values, edits, code, reason, column_name,"
          + " state, attempts, first_at, last_at, task";

  private final boolean postgres;
  private final Dialect dialect;
  private final String name;

  public LetterTable(ConnectionConfiguration target) {
    this.postgres = target.type() == DatabaseType.POSTGRESQL;
    this.dialect = Dialects.of(target.type());
    this.name = dialect.quote(target.schema(), NAME);
  }

  /** Quoted, with its schema. */
  String name() {
    return name;
  }

  /** A moment as a bound text. */
  String moment() {
    return postgres ? "?::timestamptz" : "?";
  }

  /** The moment so long ago, by the clock of the database. */
  String daysAgo(int days) {
    return "CURRENT_TIMESTAMP(6) - INTERVAL '" + days + "' DAY";
  }

  /** A moment as the table's texts have it. */
  String text(Instant moment) {
    String utc = moment.toString().replace("Z", "");
    return postgres ? utc + "+00" : utc.replace('T', ' ');
  }

  /** Creates the table unless it is there. The session must be in auto-commit mode. */
  public void prepare(Connection session) throws SQLException {
    if (isThere(session)) {
      return;
    }
    try (Statement statement = session.createStatement()) {
      for (String sql : statements()) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      // PostgreSQL's IF NOT EXISTS fails when two sessions create at once; then the other did.
      if (!isThere(session)) {
        throw e;
      }
    }
  }

  /** Whether any letter was ever written here. The session must be in auto-commit mode. */
  public boolean isThere(Connection session) {
    try (Statement statement = session.createStatement()) {
      statement.execute("SELECT " + COLUMNS + ", seen FROM " + name + " WHERE 1 = 0");
      return true;
    } catch (SQLException e) {
      // Whatever else is wrong, the next statement says so.
      return false;
    }
  }

  private List<String> statements() {
    String id = postgres ? "text" : "varchar(40)";
    String table = postgres ? "text" : "varchar(190)";
    String slice = postgres ? "text" : "varchar(500)";
    String word = postgres ? "text" : "varchar(255)";
    String state = postgres ? "text" : "varchar(16)";
    String text = postgres ? "text" : "longtext";
    String moment =
        dialect.instantType() + " NOT NULL DEFAULT CURRENT_TIMESTAMP" + (postgres ? "" : "(6)");
    String place = " (table_name, slice, state)";
    String create =
        ("CREATE TABLE IF NOT EXISTS " + name)
            + (" (id " + id + " NOT NULL PRIMARY KEY, table_name " + table + " NOT NULL,")
            + (" slice " + slice + " NOT NULL, source " + text + " NOT NULL,")
            + (" pass " + word + " NOT NULL, row_key " + text + " NOT NULL,")
            + (" row_values " + text + " NOT NULL, edits " + text + " NULL,")
            + (" code " + word + " NOT NULL, reason " + text + " NOT NULL,")
            + (" column_name " + word + " NULL, state " + state + " NOT NULL,")
            + " attempts int NOT NULL, seen int NOT NULL,"
            + (" first_at " + moment + ", last_at " + moment + ", task " + text + " NOT NULL");
    return postgres
        ? List.of(
            create + ")",
            "CREATE INDEX IF NOT EXISTS " + dialect.quote(NAME + "_place") + " ON " + name + place)
        : List.of(
            create
                + (", INDEX " + NAME + "_place" + place + ")")
                + " ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
  }

  /** The letter of a row of {@link #COLUMNS}. */
  static DeadLetter read(ResultSet row) throws SQLException {
    return new DeadLetter(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        new RefusedRow(LetterJson.texts(row.getString(6)), LetterJson.nullable(row.getString(7))),
        LetterJson.nullable(row.getString(8)),
        new Refusal(row.getString(9), row.getString(10), row.getString(11)),
        LetterState.of(row.getString(12)),
        row.getInt(13),
        instant(row.getString(14)),
        instant(row.getString(15)),
        row.getString(16));
  }

  /** Sessions speak UTC; drivers would make a time of their own zone of it. */
  private static Instant instant(@Nullable String text) {
    String utc = String.valueOf(text).replace(' ', 'T').replace("+00", "");
    return Instant.parse(utc + "Z");
  }
}
