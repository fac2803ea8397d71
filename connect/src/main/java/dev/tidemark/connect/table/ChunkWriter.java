package dev.tidemark.connect.table;

import java.sql.SQLException;
import java.util.Optional;

/** Writes chunks of rows into one slice of a target table. Commits nothing. */
public interface ChunkWriter {

  /**
   * Loads rows that cannot be in the slice yet, straight into the table.
   *
   * @return rows inserted
   * @throws RowRejectedException when the database rejects, bends or skips a row; the transaction
   *     must be rolled back
   */
  long insert(RowStream rows) throws SQLException;

  /**
   * Stages rows and merges them by key: new ones are inserted, different ones updated, equal ones
   * left alone. Two rows that exchange a unique value are refused at first: see {@link
   * #writesAgainAfter}.
   *
   * @throws RowRejectedException when the database rejects, bends or skips a row; the transaction
   *     must be rolled back
   */
  MergeCounts merge(RowStream rows) throws SQLException;

  /**
   * Whether a chunk that was rejected is to be written again as it is, in another way from here on:
   * its rows may exchange unique values, or another way tells more of what is wrong. To be asked
   * when the transaction was rolled back.
   */
  default boolean writesAgainAfter(RowRejectedException rejection) throws SQLException {
    return false;
  }

  /** What people should know of how rows are written; empty for nothing. */
  default Optional<String> remark() {
    return Optional.empty();
  }

  /** Whether the slice has no row at all. */
  boolean sliceIsEmpty() throws SQLException;
}
