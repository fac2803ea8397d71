package dev.tidemark.connect.target;

import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.connect.table.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Foreign keys of other tables that change their rows when a row of this one is deleted. A table
 * that is replaced loses all of its rows for a moment, and theirs would be gone for good.
 */
public final class CascadingDeletes {

  private CascadingDeletes() {}

  /**
   * Checks that there are none.
   *
   * @throws SyncException DELETES_CASCADE when there is one, ACCESS_DENIED when the user does not
   *     see whether there is
   */
  public static void check(Connection session, Dialect dialect, String schema, String table)
      throws SQLException {
    Optional<String> found = dialect.cascade(session, schema, table);
    if (found.isPresent()) {
      throw new SyncException(
          ErrorCode.DELETES_CASCADE,
          ("Table " + table + " cannot be replaced: the foreign key " + found.get())
              + " would delete or change rows there.",
          Failures.remedy(ErrorCode.DELETES_CASCADE));
    }
  }
}
