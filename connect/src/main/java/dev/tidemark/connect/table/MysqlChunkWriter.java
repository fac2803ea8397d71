package dev.tidemark.connect.table;

import com.mysql.cj.jdbc.JdbcStatement;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import java.sql.Connection;
import java.sql.ResultSet;
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
  private final String stage;
  private final String load;
  private final String update;
  private final String insert;
  private final String look;
  private final FoldedKeys foldedKeys;
  private final String foldedPairs;
  private final TableShape target;
  private final MysqlNotes notes;
  private final MysqlExchange exchange;
  private final String differs;

  /** Whether as many rows as came can only be updated where none is missing. */
  private final boolean countsTell;

  /** Whether every row of the chunk before was there, and differed. */
  private boolean allDiffered;

  private boolean staged;

  private final CollidingRows colliding = new CollidingRows();

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
    this.stage = dialect.quote(schema, MergeClauses.STAGE);
    this.load = loadStatement(target);
    this.notes = new MysqlNotes(mapping, target);
    String merged = clauses.table() + " t ON " + clauses.sameKey();
    this.insert =
        "INSERT INTO "
            + clauses.table()
            + (" (" + clauses.columns() + ") SELECT " + clauses.stagedColumns())
            + (" FROM " + stage + " s LEFT JOIN " + merged)
            + (" WHERE " + clauses.anyOfKey() + " IS NULL");
    this.exchange = new MysqlExchange(dialect, schema, clauses, target);
    this.differs = "NOT (" + clauses.compared(name -> equal(target, name), " AND ") + ")";
    this.update =
        clauses.comparesValues()
            ? "UPDATE "
                + clauses.table()
                + (" t JOIN " + stage + " s ON " + clauses.sameKey())
                + (" SET " + clauses.assignments("t.") + " WHERE " + differs)
            : "";
    this.foldedKeys = new FoldedKeys(dialect, mapping, target);
    Optional<String> folded = foldedKeys.condition(name -> "NOT (" + equal(target, name) + ")");
    this.foldedPairs =
        stage + " s JOIN " + merged + folded.map(condition -> " AND " + condition).orElse("");
    // Neither side has two rows of one key then.
    this.countsTell =
        clauses.comparesValues() && folded.isEmpty() && target.hasKey(mapping.targetKey());
    String there = clauses.anyOfKey() + " IS NOT NULL";
    this.look =
        "SELECT coalesce(sum("
            + (clauses.comparesValues() ? there + " AND " + differs : "0")
            + ("), 0), coalesce(sum(NOT (" + there + ")), 0)")
            + (", coalesce(sum(" + folded.map(found -> there + " AND " + found).orElse("0"))
            + ("), 0) FROM " + stage + " s LEFT JOIN " + merged);
  }

  /**
   * Empties the temporary table, which the first merge creates; nothing else is in its transaction
   * yet. A pass into an empty slice needs none.
   */
  private void stage(Statement statement) throws SQLException {
    if (staged) {
      statement.executeUpdate("TRUNCATE TABLE " + stage);
      return;
    }
    statement.execute("DROP TEMPORARY TABLE IF EXISTS " + stage);
    statement.execute(
        "CREATE TEMPORARY TABLE "
            + stage
            + " (PRIMARY KEY ("
            + clauses.key()
            + ")) ENGINE=InnoDB SELECT "
            + clauses.columns()
            + " FROM "
            + clauses.table()
            + " LIMIT 0");
    if (colliding.areExchanged()) {
      exchange.prepare(statement);
    }
    session.commit();
    staged = true;
  }

  /** A collation may hold different texts for equal; their bytes tell. */
  private String equal(TableShape target, String name) {
    String quoted = dialect.quote(name);
    boolean letters =
        target.column(name).map(column -> column.type().kind().hasLetters()).orElse(true);
    return letters
        ? "CAST(t." + quoted + " AS BINARY) <=> CAST(s." + quoted + " AS BINARY)"
        : "t." + quoted + " <=> s." + quoted;
  }

  private String loadStatement(TableShape target) {
    List<String> fields = new ArrayList<>();
    List<String> decoded = new ArrayList<>();
    for (String constant : mapping.constants().keySet()) {
      fields.add(dialect.quote(constant));
    }
    for (MappedColumn column : mapping.columns()) {
      String name = dialect.quote(column.target());
      String variable = "@f" + fields.size();
      Optional<String> stored =
          target
              .column(column.target())
              .flatMap(
                  there -> MysqlSpelling.stored(column.source().type(), there.type(), variable));
      fields.add(stored.isPresent() ? variable : name);
      stored.ifPresent(expression -> decoded.add(name + " = " + expression));
    }
    return " CHARACTER SET utf8mb4 FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\'"
        + " LINES TERMINATED BY '\\n' ("
        + String.join(", ", fields)
        + ")"
        + (decoded.isEmpty() ? "" : " SET " + String.join(", ", decoded));
  }

  @Override
  public long insert(RowStream rows) throws SQLException {
    return load(clauses.table(), rows);
  }

  @Override
  public MergeCounts merge(RowStream rows) throws SQLException {
    try (Statement statement = session.createStatement()) {
      stage(statement);
      long loaded = load(stage, rows);
      // As it was with the chunk before, it is with this one mostly: then there is nothing to look
      // for. A guess that is wrong costs a statement, and no count.
      long updated = allDiffered ? update(statement) : 0;
      allDiffered &= updated == loaded;
      if (allDiffered) {
        return new MergeCounts(0, updated);
      }
      boolean differing;
      boolean missing;
      boolean folded;
      // Most rows are equal most of the time, and reading takes no locks.
      try (ResultSet found = statement.executeQuery(look)) {
        found.next();
        differing = found.getLong(1) > 0;
        missing = found.getLong(2) > 0;
        folded = found.getLong(3) > 0;
      }
      if (folded) {
        foldedKeys.refuse(statement, foldedPairs);
      }
      updated += differing ? update(statement) : 0;
      long inserted = missing ? change(statement, insert) : 0;
      allDiffered = countsTell && updated == loaded;
      return new MergeCounts(inserted, updated);
    }
  }

  private long update(Statement statement) throws SQLException {
    try {
      return change(statement, update);
    } catch (RowRejectedException e) {
      if (!colliding.met(e.duplicate())) {
        throw e;
      }
      // The server has undone the update, and nothing else.
      return exchange(statement, e);
    }
  }

  private long exchange(Statement statement, RowRejectedException rejection) throws SQLException {
    try {
      long ignored = change(statement, exchange.empty());
      long rows = change(statement, exchange.park(stage, differs));
      ignored = change(statement, exchange.takeAway());
      ignored = change(statement, exchange.putBack());
      return rows;
    } catch (RowRejectedException e) {
      throw e;
    } catch (SQLException e) {
      // Who may not delete gets the rejection as it was.
      throw Failures.classify(e) == ErrorCode.ACCESS_DENIED ? rejection : e;
    }
  }

  @Override
  public boolean exchangesAfter(RowRejectedException rejection) throws SQLException {
    boolean again = colliding.exchangeFromNow(() -> exchange.goesUnnoticed(session));
    staged &= !again;
    return again;
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
