package dev.tidemark.connect.postgresql;

import dev.tidemark.connect.table.RowStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * Loads chunks by {@code COPY … FROM STDIN}: as binary values as far as their lines are plain and
 * the columns' types have such a form, as texts from there on.
 */
final class PostgresCopy {

  private static final int PACKET = 1 << 16;

  /** How the states of errors begin that are about a value. */
  private static final String OF_VALUE = "22";

  /** Chunks that were texts from their first line on; the next ones will be so too. */
  private static final int IN_VAIN = 3;

  private final Connection session;
  private final String quoted;
  private final List<String> columns;
  private int inVain;
  private long turned;
  private boolean valueRefused;

  /**
   * Loads by a session that is not in auto-commit mode.
   *
   * @param quoted the columns, as a statement has them
   * @param columns their names, in the same order
   */
  PostgresCopy(Connection session, String quoted, List<String> columns) {
    this.session = session;
    this.quoted = quoted;
    this.columns = columns;
  }

  /**
   * Loads the rows of a chunk and gives how many were taken.
   *
   * @param table its name, quoted
   */
  long load(String table, RowStream rows) throws SQLException, IOException {
    turned = 0;
    valueRefused = false;
    CopyManager copying = session.unwrap(PGConnection.class).getCopyAPI();
    String copy = "COPY " + table + " (" + quoted + ") FROM STDIN ";
    Optional<List<BinaryForm>> forms =
        inVain < IN_VAIN ? BinaryColumns.of(session, table, columns) : Optional.empty();
    InputStream texts = rows;
    long taken = 0;
    if (forms.isPresent()) {
      BinaryLines lines = new BinaryLines(rows, forms.get());
      taken = values(copying.copyIn(copy + "(FORMAT binary)"), lines);
      if (!lines.leaves()) {
        return taken;
      }
      turned = lines.turned();
      inVain += turned == 0 ? 1 : 0;
      texts = lines.rest();
    }
    return taken + copying.copyIn(copy + "(FORMAT text, ENCODING 'UTF8')", texts, PACKET);
  }

  private long values(CopyIn copy, BinaryLines lines) throws SQLException, IOException {
    try {
      while (lines.advance()) {
        copy.writeToCopy(lines.piece(), 0, lines.length());
      }
      return copy.endCopy();
    } catch (SQLException e) {
      valueRefused = String.valueOf(e.getSQLState()).startsWith(OF_VALUE);
      throw e;
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /**
   * Whether the server refused a value of the last chunk that it would have named, had it come as a
   * text; from here on all do.
   */
  boolean tellsMoreByTexts() {
    boolean more = valueRefused;
    valueRefused = false;
    inVain = more ? IN_VAIN : inVain;
    return more;
  }

  /** Lines of the chunk in front of the statement that failed. */
  long linesBefore() {
    return turned;
  }
}
