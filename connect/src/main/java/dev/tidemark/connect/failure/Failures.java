package dev.tidemark.connect.failure;

import java.io.EOFException;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one place that decides what an error of a database or driver means.
 *
 * <p>PostgreSQL is read by its SQLSTATE (Appendix A of its manual), MySQL and MariaDB by their
 * error numbers where the SQLSTATE says too little.
 */
public final class Failures {

  private static final Map<Integer, ErrorCode> MYSQL_CODES =
      Map.ofEntries(
          Map.entry(1265, ErrorCode.VALUE_DOES_NOT_FIT),
          Map.entry(1148, ErrorCode.LOCAL_INFILE_OFF),
          Map.entry(3948, ErrorCode.LOCAL_INFILE_OFF),
          Map.entry(4166, ErrorCode.LOCAL_INFILE_OFF),
          Map.entry(1021, ErrorCode.DATABASE_OUT_OF_SPACE),
          Map.entry(1114, ErrorCode.DATABASE_OUT_OF_SPACE),
          Map.entry(1206, ErrorCode.DATABASE_BUSY),
          Map.entry(1226, ErrorCode.DATABASE_BUSY),
          Map.entry(1040, ErrorCode.DATABASE_BUSY),
          Map.entry(1203, ErrorCode.DATABASE_BUSY),
          Map.entry(1205, ErrorCode.DATABASE_BUSY),
          Map.entry(1213, ErrorCode.DATABASE_BUSY),
          Map.entry(3572, ErrorCode.DATABASE_BUSY),
          Map.entry(1290, ErrorCode.DATABASE_READ_ONLY),
          Map.entry(1792, ErrorCode.DATABASE_READ_ONLY),
          Map.entry(1836, ErrorCode.DATABASE_READ_ONLY),
          Map.entry(1874, ErrorCode.DATABASE_READ_ONLY),
          Map.entry(1044, ErrorCode.ACCESS_DENIED),
          Map.entry(1045, ErrorCode.BAD_CREDENTIALS),
          Map.entry(1130, ErrorCode.BAD_CREDENTIALS),
          Map.entry(1698, ErrorCode.BAD_CREDENTIALS),
          Map.entry(1820, ErrorCode.BAD_CREDENTIALS),
          Map.entry(1862, ErrorCode.BAD_CREDENTIALS),
          Map.entry(3118, ErrorCode.BAD_CREDENTIALS),
          Map.entry(4151, ErrorCode.BAD_CREDENTIALS),
          Map.entry(1142, ErrorCode.ACCESS_DENIED),
          Map.entry(1143, ErrorCode.ACCESS_DENIED),
          Map.entry(1227, ErrorCode.ACCESS_DENIED),
          Map.entry(1049, ErrorCode.DATABASE_NOT_FOUND),
          Map.entry(1146, ErrorCode.TABLE_NOT_FOUND),
          // A key over a column that is indexed in part.
          Map.entry(1170, ErrorCode.COLUMN_MISMATCH),
          Map.entry(1054, ErrorCode.COLUMN_NOT_FOUND),
          Map.entry(1048, ErrorCode.CONSTRAINT_VIOLATED),
          Map.entry(1062, ErrorCode.CONSTRAINT_VIOLATED),
          Map.entry(1451, ErrorCode.CONSTRAINT_VIOLATED),
          Map.entry(1452, ErrorCode.CONSTRAINT_VIOLATED),
          Map.entry(3819, ErrorCode.CONSTRAINT_VIOLATED),
          Map.entry(4025, ErrorCode.CONSTRAINT_VIOLATED),
          Map.entry(1406, ErrorCode.VALUE_DOES_NOT_FIT),
          Map.entry(1264, ErrorCode.VALUE_DOES_NOT_FIT),
          Map.entry(1292, ErrorCode.VALUE_DOES_NOT_FIT),
          Map.entry(1366, ErrorCode.VALUE_DOES_NOT_FIT),
          Map.entry(1118, ErrorCode.VALUE_DOES_NOT_FIT),
          Map.entry(1064, ErrorCode.BAD_STATEMENT));

  /** The system's number for a full disk, which stands in messages of several numbers. */
  private static final Pattern DISK_FULL = Pattern.compile("(?:Got error|errno:) 28\\b");

  private Failures() {}

  /**
   * Says what went wrong in words of Tidemark.
   *
   * @param doing what was being done and to what, such as {@code "copying
   *     pgsql_lmp.public.c_order"}
   * @param error what was thrown
   */
  public static SyncException explain(String doing, Throwable error) {
    if (error instanceof SyncException known) {
      return known;
    }
    ErrorCode code = classify(error);
    return new SyncException(code, "While " + doing + ": " + innermost(error), remedy(code), error);
  }

  /** The code of an error, found along its chain of causes. */
  public static ErrorCode classify(@Nullable Throwable error) {
    ErrorCode best = ErrorCode.UNCLASSIFIED;
    int depth = 0;
    for (Throwable link = error; link != null && depth < 20; link = link.getCause(), depth++) {
      if (link instanceof SyncException known) {
        return known.code();
      }
      if (link instanceof Error) {
        return link instanceof OutOfMemoryError
            ? ErrorCode.WORKER_OUT_OF_MEMORY
            : ErrorCode.UNCLASSIFIED;
      }
      // An inner error of the database knows more than what wraps it; an I/O error below it is
      // only how it arrived.
      if (link instanceof SQLException sql && classifySql(sql) != ErrorCode.UNCLASSIFIED) {
        best = classifySql(sql);
      } else if (link instanceof IOException && best == ErrorCode.UNCLASSIFIED) {
        best = ErrorCode.CONNECTION_FAILED;
      }
    }
    return best;
  }

  private static ErrorCode classifySql(SQLException error) {
    String state = error.getSQLState() == null ? "" : error.getSQLState();
    if (isMysql(error)) {
      ErrorCode code = MYSQL_CODES.get(error.getErrorCode());
      if (code != null) {
        return code;
      }
      if (DISK_FULL.matcher(String.valueOf(error.getMessage())).find()) {
        return ErrorCode.DATABASE_OUT_OF_SPACE;
      }
    }
    ErrorCode exact =
        switch (state) {
          // A PostgreSQL database that takes no connections just now.
          case "55000" -> ErrorCode.CONNECTION_FAILED;
          case "3D000" -> ErrorCode.DATABASE_NOT_FOUND;
          case "42P01", "42S02" -> ErrorCode.TABLE_NOT_FOUND;
          case "42703", "42S22" -> ErrorCode.COLUMN_NOT_FOUND;
          case "42501" -> ErrorCode.ACCESS_DENIED;
          case "25006" -> ErrorCode.DATABASE_READ_ONLY;
          case "55P03", "55006" -> ErrorCode.DATABASE_BUSY;
          case "53100" -> ErrorCode.DATABASE_OUT_OF_SPACE;
          // A row or an index entry of more bytes than a page takes.
          case "54000" -> ErrorCode.VALUE_DOES_NOT_FIT;
          default -> null;
        };
    if (exact != null) {
      return exact;
    }
    return switch (state.length() >= 2 ? state.substring(0, 2) : "") {
      case "08", "57" -> ErrorCode.CONNECTION_FAILED;
      case "40", "53", "55" -> ErrorCode.DATABASE_BUSY;
      case "28" -> ErrorCode.BAD_CREDENTIALS;
      case "22" -> ErrorCode.VALUE_DOES_NOT_FIT;
      case "23" -> ErrorCode.CONSTRAINT_VIOLATED;
      case "42" -> ErrorCode.BAD_STATEMENT;
      default ->
          error instanceof SQLRecoverableException
                  || error instanceof SQLNonTransientConnectionException
              ? ErrorCode.CONNECTION_FAILED
              : error instanceof SQLTransientException
                  ? ErrorCode.DATABASE_BUSY
                  : ErrorCode.UNCLASSIFIED;
    };
  }

  private static boolean isMysql(SQLException error) {
    return error.getErrorCode() >= 1000;
  }

  private static String innermost(Throwable error) {
    Throwable link = error;
    String message = describe(error);
    for (int depth = 0; link != null && depth < 20; link = link.getCause(), depth++) {
      if (link instanceof SQLException || link instanceof IOException) {
        message = describe(link);
      }
    }
    return message;
  }

  private static String describe(Throwable error) {
    String message = error.getMessage();
    if (error instanceof EOFException && (message == null || message.isBlank())) {
      return "the other side closed the connection";
    }
    return message == null || message.isBlank()
        ? error.getClass().getSimpleName()
        : LongValues.cutIn(message.strip().replaceAll("\\s*\\R\\s*", " "));
  }

  /** A sentence that says what a person can do about errors of this code. */
  public static String remedy(ErrorCode code) {
    return switch (code) {
      case CONNECTION_FAILED ->
          "Check that the database runs and can be reached from the worker at the configured address.";
      case DATABASE_BUSY ->
          "The database was busy or gave up on a lock; if it goes on, lower parallel-tables or look for"
              + " long transactions there.";
      case DATABASE_OUT_OF_SPACE -> "Free space on the database's disk, then resume.";
      case DATABASE_READ_ONLY ->
          "The database takes no writes; point the connection to the primary, or end its read-only"
              + " mode.";
      case WORKER_OUT_OF_MEMORY ->
          "Lower chunk-rows or the worker's max-tables, or give the worker more memory.";
      case UNCLASSIFIED -> "Look at the cause in the Temporal Web UI or the worker's log.";
      case SLICE_BUSY, SLICE_REFUSED -> "Wait for the other sync or interrupt it, then resume.";
      case SLICE_SHARED ->
          "Give each source a constant of its own, such as branch, or send its tables elsewhere.";
      case DELETES_CASCADE ->
          "Use mode full, incremental or diff for the table, or drop ON DELETE from the foreign key.";
      case PREDECESSOR_ENDING ->
          "Nothing to do: the target rolls back what an earlier attempt had not committed.";
      case FENCED -> "Nothing to do: the attempt that took over goes on.";
      case POOL_TOO_SMALL -> "Raise pool-size of the connection.";
      case TRANSACTIONS_HIDDEN ->
          "Let the user see all transactions of the source, or use mode: diff.";
      case LOCAL_INFILE_OFF ->
          "Allow LOAD DATA LOCAL on the target: SET GLOBAL local_infile = ON, and local_infile=ON in its"
              + " configuration.";
      case WARNINGS_OFF ->
          "Let the server keep warnings, which tell of values that do not fit: SET GLOBAL"
              + " max_error_count = 64, and the same in its configuration.";
      case BAD_CREDENTIALS ->
          "Check username and password of the connection in the configuration and its environment.";
      case ACCESS_DENIED -> "Grant the connection's user the privilege that the message names.";
      case UNKNOWN_CONNECTION -> "Add the connection to the worker's configuration.";
      case DATABASE_NOT_FOUND -> "Create the database, or correct its name in the connection.";
      case TABLE_NOT_FOUND -> "Create the table, or correct its name in the batch.";
      case TABLE_RESERVED ->
          "Rename the table, or take it from the batch: names that begin with tidemark_ are reserved"
              + " for Tidemark's own tables.";
      case TARGET_TABLE_MISSING -> "Create the table, or set create-missing-tables: true.";
      case COLUMN_NOT_FOUND ->
          "Correct the column's name in the configuration, or add the column to the table that the"
              + " message names; then start again.";
      case COLUMN_MISMATCH ->
          "Make the columns of both tables agree, or use include, exclude or rename; widen-tables: true adds"
              + " and widens columns, lossy: allow takes what is lost.";
      case NO_KEY ->
          "Name the columns that identify a row under table: <its name>: key:, sync the table as a whole"
              + " with mode: replace, or leave it out with exclude-tables.";
      case KEY_NOT_UNIQUE ->
          "Name key columns that identify one row, remove the duplicates, or give the target's key a"
              + " collation that tells them apart, such as utf8mb4_bin.";
      case TYPE_UNSUPPORTED -> "Exclude the column, or open an issue with its type.";
      case VALUE_DOES_NOT_FIT ->
          "Widen the target's column, exclude it, correct the value, or have dead-letters keep such"
              + " rows apart.";
      case CONSTRAINT_VIOLATED ->
          "Remove the constraint or trigger that the message names from the target, or correct the"
              + " rows.";
      case TOO_MANY_DEAD_LETTERS ->
          "Look at why rows are refused (tidemark letters list), mend the target or the rows, try the"
              + " letters again or discard them, or raise dead-letters; then resume.";
      case READ_ONLY_TARGET -> "Remove read-only from the connection, or choose another target.";
      case BAD_STATEMENT ->
          "This is a defect of Tidemark or of a configured expression; report it.";
    };
  }
}
