package dev.tidemark.connect.mysql;

import com.mysql.cj.jdbc.JdbcStatement;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.statement.MergeClauses;
import dev.tidemark.connect.statement.RaisedErrors;
import dev.tidemark.connect.table.ChunkWriter;
import dev.tidemark.connect.table.MappedColumn;
import dev.tidemark.connect.table.MergeCounts;
import dev.tidemark.connect.table.RowRejectedException;
import dev.tidemark.connect.table.RowStream;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code LOAD DATA LOCAL INFILE} from a stream, straight into the table or by way of a temporary
 * one.
 *
 * <p>With {@code LOCAL} the server turns errors into warnings and skips duplicates in silence, so
 * every warning is taken for a rejected row. Where the server takes no {@code LOCAL}, rows go in by
 * {@link MysqlInserts}.
 */
final class MysqlChunkWriter implements ChunkWriter {

  private static final int DUPLICATE = 1062;

  /** Checks that a row does not pass, which have no SQLSTATE of their own: MySQL's, MariaDB's. */
  private static final Set<Integer> REFUSALS = Set.of(3819, 4025);

  private static final String BY_INSERT =
      "The target takes no LOAD DATA LOCAL, so rows went in by INSERT, which takes longer. "
          + Failures.remedy(ErrorCode.LOCAL_INFILE_OFF);

  private final Connection session;
  private final MysqlDialect dialect;
  private final TableMapping mapping;
  private final MergeClauses clauses;
  private final String load;
  private final TableShape target;
  private final MysqlNotes notes;
  private final MysqlMerge merge;

  private @Nullable MysqlInserts inserts;

  MysqlChunkWriter(
      Connection session,
      MysqlDialect dialect,
      String schema,
      TableMapping mapping,
      TableShape target) {
    this.session = session;
    this.dialect = dialect;
    this.mapping = mapping;
    this.target = target;
    this.clauses = new MergeClauses(dialect, schema, mapping, target);
    this.load = loadStatement(target);
    this.notes = new MysqlNotes(mapping, target);
    this.merge = new MysqlMerge(session, dialect, schema, mapping, target, clauses, this::change);
  }

  private String loadStatement(TableShape target) {
    List<String> fields = new ArrayList<>();
    List<String> decoded = new ArrayList<>();
    for (String constant : mapping.constants().keySet()) {
      String variable = "@f" + fields.size();
      Optional<String> stored =
          target.column(constant).flatMap(there -> MysqlSpelling.storedConstant(there, variable));
      add(dialect.quote(constant), variable, stored, fields, decoded);
    }
    for (MappedColumn column : mapping.columns()) {
      String variable = "@f" + fields.size();
      Optional<String> stored =
          target
              .column(column.target())
              .flatMap(there -> MysqlSpelling.stored(column.source().type(), there, variable));
      add(dialect.quote(column.target()), variable, stored, fields, decoded);
    }
    return " CHARACTER SET utf8mb4 FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\'"
        + " LINES TERMINATED BY '\\n' ("
        + String.join(", ", fields)
        + ")"
        + (decoded.isEmpty() ? "" : " SET " + String.join(", ", decoded));
  }

  private static void add(
      String name,
      String variable,
      Optional<String> stored,
      List<String> fields,
      List<String> decoded) {
    fields.add(stored.isPresent() ? variable : name);
    stored.ifPresent(expression -> decoded.add(name + " = " + expression));
  }

  @Override
  public long insert(RowStream rows) throws SQLException {
    return load(clauses.table(), rows);
  }

  @Override
  public MergeCounts merge(RowStream rows) throws SQLException {
    try (Statement statement = session.createStatement()) {
      merge.prepare(statement);
      return merge.merged(statement, load(merge.stage(), rows));
    }
  }

  @Override
  public boolean writesAgainAfter(RowRejectedException rejection) throws SQLException {
    return merge.exchangesFromNow();
  }

  private long change(Statement statement, String sql) throws SQLException {
    try {
      long rows = statement.executeLargeUpdate(sql);
      refuseNotes(statement);
      return rows;
    } catch (RowRejectedException e) {
      throw e;
    } catch (SQLException e) {
      throw rejected(e);
    }
  }

  /** Rows are numbered as they are loaded; what the merge says of numbers means others. */
  private SQLException rejected(SQLException error) {
    String state = error.getSQLState() == null ? "" : error.getSQLState();
    return state.startsWith("22")
            || state.startsWith("23")
            || REFUSALS.contains(error.getErrorCode())
            || RaisedErrors.isRaised(error)
        ? new RowRejectedException(
            clauses.inWords(String.valueOf(error.getMessage())),
            state,
            error.getErrorCode(),
            0,
            error.getErrorCode() == DUPLICATE)
        : error;
  }

  private long load(String into, RowStream rows) throws SQLException {
    if (inserts == null) {
      try {
        return loadLocal(into, rows);
      } catch (SQLException e) {
        if (Failures.classify(e) != ErrorCode.LOCAL_INFILE_OFF) {
          throw e;
        }
        // The server has refused before it asked for the first row.
        inserts = new MysqlInserts(session, dialect, mapping, target, clauses, notes);
      }
    }
    return inserts.load(into, rows);
  }

  @Override
  public Optional<String> remark() {
    return inserts == null ? Optional.empty() : Optional.of(BY_INSERT);
  }

  private long loadLocal(String into, RowStream rows) throws SQLException {
    try (Statement statement = session.createStatement()) {
      notes.prepare(statement);
      // The name is never opened: the driver sends the stream in its place.
      statement.unwrap(JdbcStatement.class).setLocalInfileInputStream(rows);
      long loaded =
          statement.executeLargeUpdate(
              "LOAD DATA LOCAL INFILE 'tidemark' INTO TABLE " + into + load);
      refuseNotes(statement);
      if (loaded != rows.rows()) {
        throw new RowRejectedException(
            loaded + " of " + rows.rows() + " rows were taken", "22000", 0, 0, false);
      }
      return loaded;
    } catch (RowRejectedException e) {
      throw e;
    } catch (SQLException e) {
      // Even with LOCAL, what a trigger raises stays an error.
      throw RaisedErrors.isRaised(e) ? rejected(e) : e;
    }
  }

  private void refuseNotes(Statement statement) throws SQLException {
    Optional<MysqlNotes.Note> refused = notes.refused(statement);
    if (refused.isPresent()) {
      MysqlNotes.Note note = refused.get();
      boolean duplicate = note.code() == DUPLICATE;
      throw new RowRejectedException(
          clauses.inWords(note.message()),
          duplicate ? "23000" : "22000",
          note.code(),
          note.row(),
          duplicate);
    }
  }

  @Override
  public boolean sliceIsEmpty() throws SQLException {
    return clauses.sliceIsEmpty(session);
  }
}
