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

  RowRejectedException(
      String message, String sqlState, int vendorCode, long row, boolean duplicate) {
    super(message, sqlState, vendorCode);
    this.row = row;
    this.duplicate = duplicate;
  }

  public long row() {
    return row;
  }

  /** What kind of rejection it is. */
  public ErrorCode code() {
    return duplicate ? ErrorCode.KEY_NOT_UNIQUE : Failures.classify(this);
  }

  /** Whether a row of the same key, or of the same value in a unique index, was there already. */
  public boolean duplicate() {
    return duplicate;
  }
}
