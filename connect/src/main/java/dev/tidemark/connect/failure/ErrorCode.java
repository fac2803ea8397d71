package dev.tidemark.connect.failure;

/**
 * Stable codes of errors. Each says whether the same call may succeed later without anybody doing
 * anything.
 */
public enum ErrorCode {
  CONNECTION_FAILED(true),
  DATABASE_BUSY(true),
  DATABASE_OUT_OF_SPACE(true),
  DATABASE_READ_ONLY(true),
  WORKER_OUT_OF_MEMORY(true),
  UNCLASSIFIED(true),

  /** Somebody else holds the slice. Retryable, and counts as no failure. */
  SLICE_BUSY(true),
  /** An earlier attempt's session is rolling back. Retryable, and counts as no failure. */
  PREDECESSOR_ENDING(true),
  /** A successor took the slice over; this attempt must leave. */
  FENCED(false),
  SLICE_REFUSED(false),
  /** Two sources of one batch would write the same rows. */
  SLICE_SHARED(false),

  /** A table that is replaced is referenced by a foreign key that acts when rows are deleted. */
  DELETES_CASCADE(false),
  LOCAL_INFILE_OFF(false),

  /**
   * The source does not tell which transactions are open, so an incremental sync could miss rows.
   */
  TRANSACTIONS_HIDDEN(false),
  WARNINGS_OFF(false),
  BAD_CREDENTIALS(false),
  ACCESS_DENIED(false),
  UNKNOWN_CONNECTION(false),

  /** A copy needs more sessions at once than the connection allows. */
  POOL_TOO_SMALL(false),
  DATABASE_NOT_FOUND(false),
  TABLE_NOT_FOUND(false),
  TABLE_RESERVED(false),
  TARGET_TABLE_MISSING(false),
  COLUMN_NOT_FOUND(false),
  COLUMN_MISMATCH(false),
  NO_KEY(false),
  KEY_NOT_UNIQUE(false),
  TYPE_UNSUPPORTED(false),
  VALUE_DOES_NOT_FIT(false),
  CONSTRAINT_VIOLATED(false),

  /** The target refuses more rows of a table than its dead letters may hold. */
  TOO_MANY_DEAD_LETTERS(false),
  READ_ONLY_TARGET(false),
  BAD_STATEMENT(false);

  private final boolean retryable;

  ErrorCode(boolean retryable) {
    this.retryable = retryable;
  }

  public boolean retryable() {
    return retryable;
  }
}
