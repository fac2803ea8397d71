package dev.tidemark.connect.postgresql;

import dev.tidemark.connect.table.RowStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.util.PSQLException;

/**
 * Loads chunks by {@code COPY … FROM STDIN}: as binary values as far as their lines are plain and
 * the columns' types have such a form, as texts from there on.
 */
final class PostgresCopy {

  private static final int PACKET = 1 << 16;

  /** Of a value with more bytes than its type has, or with fewer. */
  private static final Set<String> WRONG_FORM = Set.of("22P03", "08P01");

  private static final String TRY_AGAIN = "40001";

  private final Connection session;
  private final String quoted;
  private final List<String> columns;

  /** What each table's columns took when it was first looked at; empty where texts must do. */
  private final Map<String, Optional<List<BinaryForm>>> forms = new HashMap<>();

  private long taken;

  /**
   * Loads by a session.
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
   * Loads the rows of a chunk and gives how many that were.
   *
   * @param table its name, quoted
   * @throws SQLException with the state of a transaction that is to be tried again, where the types
   *     of the columns have changed since the first chunk
   */
  long load(String table, RowStream rows) throws SQLException, IOException {
    taken = 0;
    CopyManager copying = session.unwrap(PGConnection.class).getCopyAPI();
    String copy = "COPY " + table + " (" + quoted + ") FROM STDIN ";
    InputStream texts = rows;
    Optional<List<BinaryForm>> known = forms.get(table);
    if (known == null) {
      known = BinaryForm.of(session, table, columns);
      forms.put(table, known);
    }
    if (known.isPresent()) {
      BinaryLines lines = new BinaryLines(rows, known.get());
      taken = values(table, copying.copyIn(copy + "(FORMAT binary)"), lines);
      // Values of another type may have as many bytes; until the commit nobody changes it now.
      if (!BinaryForm.of(session, table, columns).equals(known)) {
        throw changed(table, null);
      }
      if (!lines.leaves()) {
        return taken;
      }
      texts = lines.rest();
    }
    return taken + copying.copyIn(copy + "(FORMAT text, ENCODING 'UTF8')", texts, PACKET);
  }

  private static long values(String table, CopyIn copy, BinaryLines lines)
      throws SQLException, IOException {
    try {
      while (lines.advance()) {
        copy.writeToCopy(lines.piece(), 0, lines.length());
      }
      return copy.endCopy();
    } catch (SQLException e) {
      throw saysWrongForm(e) ? changed(table, e) : e;
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /** The driver has one of these states for what a connection does. */
  private static boolean saysWrongForm(SQLException error) {
    return error instanceof PSQLException server
        && server.getServerErrorMessage() != null
        && WRONG_FORM.contains(String.valueOf(server.getSQLState()));
  }

  /** Without its cause, which would tell of a row or of a connection. */
  private static SQLException changed(String table, @Nullable SQLException seen) {
    SQLException changed =
        new SQLException(
            "The types of the columns of " + table + " changed while it was written.", TRY_AGAIN);
    if (seen != null) {
      changed.addSuppressed(seen);
    }
    return changed;
  }

  /** Rows of the chunk that were taken, where those behind them failed. */
  long taken() {
    return taken;
  }
}
