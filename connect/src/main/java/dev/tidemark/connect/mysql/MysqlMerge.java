package dev.tidemark.connect.mysql;

import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.Failures;
import dev.tidemark.connect.statement.CollidingRows;
import dev.tidemark.connect.statement.FoldedKeys;
import dev.tidemark.connect.statement.MergeClauses;
import dev.tidemark.connect.table.Column;
import dev.tidemark.connect.table.MergeCounts;
import dev.tidemark.connect.table.RowRejectedException;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import dev.tidemark.connect.type.ColumnKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** Merges staged rows into a table of MySQL or MariaDB: looks, updates and inserts. */
final class MysqlMerge {

  /** What runs a statement that changes rows. */
  @FunctionalInterface
  interface Changes {

    /**
     * Gives how many rows there were.
     *
     * @throws RowRejectedException when the server did not take one as it is
     */
    long made(Statement statement, String sql) throws SQLException;
  }

  private final Connection session;
  private final MysqlDialect dialect;
  private final MergeClauses clauses;
  private final Changes changes;
  private final String stage;
  private final String differs;
  private final List<String> turns;
  private final String update;
  private final String insert;
  private final String look;
  private final FoldedKeys foldedKeys;
  private final String foldedPairs;
  private final MysqlExchange exchange;
  private final CollidingRows colliding = new CollidingRows();

  /** Whether as many rows as came can only be updated where none is missing. */
  private final boolean countsTell;

  /** Whether every row of the chunk before was there, and differed. */
  private boolean allDiffered;

  private boolean staged;

  MysqlMerge(
      Connection session,
      MysqlDialect dialect,
      String schema,
      TableMapping mapping,
      TableShape target,
      MergeClauses clauses,
      Changes changes) {
    this.session = session;
    this.dialect = dialect;
    this.clauses = clauses;
    this.changes = changes;
    this.stage = dialect.quote(schema, MergeClauses.STAGE);
    String merged = clauses.table() + " t ON " + clauses.sameKey();
    this.insert =
        "INSERT INTO "
            + clauses.table()
            + (" (" + clauses.columns() + ") SELECT " + clauses.stagedColumns())
            + (" FROM " + stage + " s LEFT JOIN " + merged)
            + (" WHERE " + clauses.anyOfKey() + " IS NULL");
    this.exchange = new MysqlExchange(dialect, schema, clauses, target);
    this.differs = "NOT (" + clauses.compared(name -> equal(target, name), " AND ") + ")";
    this.turns = turns(mapping, target);
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

  /** The temporary table that takes the rows of a chunk, quoted. */
  String stage() {
    return stage;
  }

  /**
   * Empties the temporary table, which the first merge creates; nothing else is in its transaction
   * yet. A pass into an empty slice needs none.
   */
  void prepare(Statement statement) throws SQLException {
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
    session.commit();
    staged = true;
  }

  /**
   * A collation may hold different texts for equal; their bytes tell. So it is with documents, of
   * which MySQL compares what they mean: 1 is 1.0 there, and prints otherwise.
   */
  private String equal(TableShape target, String name) {
    String quoted = dialect.quote(name);
    Optional<ColumnKind> kind = target.column(name).map(column -> column.type().kind());
    String form =
        kind.filter(ColumnKind.JSON::equals).isPresent()
            ? "CAST(CONVERT(%s USING utf8mb4) AS BINARY)"
            : kind.map(ColumnKind::hasLetters).orElse(true) ? "CAST(%s AS BINARY)" : "%s";
    return form.formatted("t." + quoted) + " <=> " + form.formatted("s." + quoted);
  }

  /**
   * Updates of documents that MySQL holds for the new ones, and would leave as they are: 1 becomes
   * 1.0 by way of a third one.
   */
  private List<String> turns(TableMapping mapping, TableShape target) {
    return mapping.comparedColumns().stream()
        .filter(
            name ->
                target
                    .column(name)
                    .map(Column::type)
                    .filter(type -> type.kind() == ColumnKind.JSON)
                    .filter(type -> type.isOf(DatabaseType.MYSQL))
                    .isPresent())
        .map(
            name -> {
              String quoted = dialect.quote(name);
              return ("UPDATE " + clauses.table() + " t JOIN " + stage + " s ON ")
                  + (clauses.sameKey() + " SET t." + quoted + " = JSON_ARRAY(s." + quoted + ")")
                  + (" WHERE t." + quoted + " <=> s." + quoted)
                  + (" AND NOT (" + equal(target, name) + ")");
            })
        .toList();
  }

  /** Merges the staged rows, and tells how many were new and how many differed. */
  MergeCounts merged(Statement statement, long loaded) throws SQLException {
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
    long inserted = missing ? changes.made(statement, insert) : 0;
    allDiffered = countsTell && updated == loaded;
    return new MergeCounts(inserted, updated);
  }

  private long update(Statement statement) throws SQLException {
    try {
      for (String turn : turns) {
        long ignored = changes.made(statement, turn);
      }
      return changes.made(statement, update);
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
      statement.executeQuery(exchange.lock(stage, differs)).close();
      // Nor does anything else come to the table: the update that failed has a lock on what it is.
      if (!exchange.goesUnnoticed(session)) {
        throw rejection;
      }
      long ignored = changes.made(statement, exchange.empty());
      long rows = changes.made(statement, exchange.park(stage, differs));
      ignored = changes.made(statement, exchange.takeAway());
      ignored = changes.made(statement, exchange.putBack());
      return rows;
    } catch (RowRejectedException e) {
      throw e;
    } catch (SQLException e) {
      // Who may not delete gets the rejection as it was.
      throw Failures.classify(e) == ErrorCode.ACCESS_DENIED ? rejection : e;
    }
  }

  /** Whether the chunk that was rejected is to be merged again, with its rows exchanged. */
  boolean exchangesFromNow() throws SQLException {
    return colliding.exchangeFromNow(session, exchange);
  }
}
