package dev.tidemark.connect.mysql;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.table.MappedColumn;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.type.Conversion;
import dev.tidemark.connect.type.Fidelity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the server says of rows that it took otherwise than they came. Only the notes of columns
 * that are allowed to lose something are passed over.
 */
final class MysqlNotes {

  /**
   * A warning or note.
   *
   * @param row in the statement, from 1; 0 when it names none
   */
  record Note(int code, String message, long row) {}

  /** Only at the ends: between them stand names and values, which may hold anything. */
  private static final Pattern ROW = Pattern.compile("at row (\\d+)$|^Row (\\d+) ");

  private static final int MOST = 65_535;

  private final List<Pattern> allowed;
  private boolean listsMore;

  /** Notes of statements that write rows of a mapping. */
  MysqlNotes(TableMapping mapping, TableShape target) {
    this.allowed = mapping.columns().stream().flatMap(column -> losing(column, target)).toList();
  }

  /** A table that gets this far is allowed to lose what its columns cannot hold. */
  private static Stream<Pattern> losing(MappedColumn column, TableShape target) {
    return target
        .column(column.target())
        .filter(
            there ->
                Conversion.of(column.source().type(), there.type()).fidelity() == Fidelity.LOSSY)
        .map(
            // A staged column is spelled as the source has it.
            there ->
                Pattern.compile(
                    " for column '" + Pattern.quote(there.name()) + "' at row \\d+$",
                    Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE))
        .stream();
  }

  /** Has the server list as many notes as it can, where some are to be passed over. */
  void prepare(Statement statement) throws SQLException {
    if (allowed.isEmpty() || listsMore) {
      return;
    }
    try {
      statement.execute("SET SESSION max_error_count = " + MOST);
    } catch (SQLException e) {
      // MySQL lets few users do so.
      if (Failures.classify(e) != ErrorCode.ACCESS_DENIED) {
        throw e;
      }
    }
    listsMore = true;
  }

  /**
   * The first note of the last statement that is not passed over. To read {@code @@warning_count}
   * first would clear them on MySQL 9.
   */
  Optional<Note> refused(Statement statement) throws SQLException {
    long listed = 0;
    try (ResultSet row =
        statement.executeQuery("SHOW WARNINGS" + (allowed.isEmpty() ? " LIMIT 1" : ""))) {
      while (row.next()) {
        String message = row.getString(3);
        if (!row.getString(1).equals("Note") || !isAllowed(message)) {
          return Optional.of(new Note(row.getInt(2), message, named(message)));
        }
        listed++;
      }
    }
    return listed == 0 ? Optional.empty() : unlisted(statement, listed);
  }

  private static Optional<Note> unlisted(Statement statement, long listed) throws SQLException {
    try (ResultSet row = statement.executeQuery("SHOW COUNT(*) WARNINGS")) {
      row.next();
      long all = row.getLong(1);
      return all <= listed
          ? Optional.empty()
          : Optional.of(
              new Note(
                  0,
                  ("the server has %d notes of lost digits and lists %d, so that other losses may"
                          + " be among them; load fewer rows at once, by chunk-rows")
                      .formatted(all, listed),
                  0));
    }
  }

  private boolean isAllowed(String message) {
    return allowed.stream().anyMatch(column -> column.matcher(message).find());
  }

  /** The row that a message names by its place in the statement; 0 for none. */
  static long named(String message) {
    Matcher row = ROW.matcher(message);
    return row.find() ? Long.parseLong(row.group(1) == null ? row.group(2) : row.group(1)) : 0;
  }
}
