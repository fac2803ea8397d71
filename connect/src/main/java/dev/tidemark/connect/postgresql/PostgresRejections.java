package dev.tidemark.connect.postgresql;

import dev.tidemark.connect.statement.MergeClauses;
import dev.tidemark.connect.statement.RaisedErrors;
import dev.tidemark.connect.table.RowRejectedException;
import dev.tidemark.connect.table.TableShape;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Tells errors that are the fault of a row from others, and which row that is. */
final class PostgresRejections {

  private static final String TOO_LONG = "22001";
  private static final String DUPLICATE = "23505";

  private final MergeClauses clauses;
  private final NarrowTexts narrow;
  private final Pattern line;

  PostgresRejections(MergeClauses clauses, NarrowTexts narrow, TableShape target) {
    this.clauses = clauses;
    this.narrow = narrow;
    // By the name: it may hold anything, and so may the values that are part of the message.
    this.line =
        Pattern.compile(
            ("^COPY (?:" + MergeClauses.STAGE + "|" + Pattern.quote(target.name()))
                + "), line (\\d+)",
            Pattern.MULTILINE);
  }

  /**
   * The rejection that an error is; the error itself where it is none.
   *
   * @param before lines of the chunk that another statement had
   */
  SQLException of(SQLException error, long before) {
    String state = error.getSQLState() == null ? "" : error.getSQLState();
    if (!state.startsWith("22") && !state.startsWith("23") && !RaisedErrors.isRaised(error)) {
      return error;
    }
    Optional<String> tooLong = narrow.explained(error);
    Matcher found = line.matcher(where(error));
    return new RowRejectedException(
        tooLong.orElseGet(() -> clauses.inWords(String.valueOf(error.getMessage()))),
        tooLong.isPresent() ? TOO_LONG : state,
        0,
        found.find() ? before + Long.parseLong(found.group(1)) : 0,
        state.equals(DUPLICATE));
  }

  private static String where(SQLException error) {
    ServerErrorMessage message =
        error instanceof PSQLException server ? server.getServerErrorMessage() : null;
    String where = message == null ? null : message.getWhere();
    return where == null ? "" : where;
  }
}
