package dev.tidemark.connect.table;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import java.io.Serial;
import java.sql.SQLException;

/**
 * A row of a chunk that the target does not take as it is.
 *
 * <p>The row is counted from 1 in the order of the chunk's keys, 0 when the database did not say.
 */
public final class RowRejectedException extends SQLException {

  @Serial private static final long serialVersionUID = 1;

  private final long row;
  private final boolean duplicate;
  private final boolean keptOut;

  /**
   * Of a row that the target refused.
   *
   * @param message what the database says, in words of the table that people know
   * @param vendorCode 0 for one that Tidemark refuses itself
   * @param row from 1 in the order of the chunk's keys; 0 when the database did not say
   * @param duplicate whether its key, or its value in a unique index, was there already
   */
  public RowRejectedException(
      String message, String sqlState, int vendorCode, long row, boolean duplicate) {
    this(message, sqlState, vendorCode, row, duplicate, false);
  }

  private RowRejectedException(
      String message,
      String sqlState,
      int vendorCode,
      long row,
      boolean duplicate,
      boolean keptOut) {
    super(message, sqlState, vendorCode);
    this.row = row;
    this.duplicate = duplicate;
    this.keptOut = keptOut;
  }

  /** Of a row that the target did not refuse, and does not have. */
  public static RowRejectedException keptOut(String message, String sqlState, long row) {
    return new RowRejectedException(message, sqlState, 0, row, false, true);
  }

  /** From 1 in the order of the chunk's keys; 0 when the database did not say. */
  public long row() {
    return row;
  }

  /** The same, of this row. */
  public RowRejectedException at(long number) {
    RowRejectedException same =
        new RowRejectedException(
            String.valueOf(getMessage()),
            String.valueOf(getSQLState()),
            getErrorCode(),
            number,
            duplicate,
            keptOut);
    same.initCause(this);
    return same;
  }

  /** What kind of rejection it is. */
  public ErrorCode code() {
    ErrorCode code = duplicate ? ErrorCode.KEY_NOT_UNIQUE : Failures.classify(this);
    // What triggers raise has a code of their own, and is a rule of the target all the same.
    return code == ErrorCode.UNCLASSIFIED ? ErrorCode.CONSTRAINT_VIOLATED : code;
  }

  /** Whether a row of the same key, or of the same value in a unique index, was there already. */
  public boolean duplicate() {
    return duplicate;
  }

  /** Whether fewer rows were taken than came; a merge looks where each of them is. */
  public boolean keptOut() {
    return keptOut;
  }
}
