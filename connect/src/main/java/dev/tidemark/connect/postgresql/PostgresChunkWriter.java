package dev.tidemark.connect.postgresql;

import dev.tidemark.connect.statement.CollidingRows;
import dev.tidemark.connect.statement.FoldedKeys;
import dev.tidemark.connect.statement.MergeClauses;
import dev.tidemark.connect.table.ChunkWriter;
import dev.tidemark.connect.table.MergeCounts;
import dev.tidemark.connect.table.RowRejectedException;
import dev.tidemark.connect.table.RowStream;
import dev.tidemark.connect.table.TableMapping;
import dev.tidemark.connect.table.TableShape;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** {@code COPY … FROM STDIN}, straight into the table or by way of a temporary one. */
final class PostgresChunkWriter implements ChunkWriter {

  private static final String STAGE = "pg_temp." + MergeClauses.STAGE;

  private final Connection session;
  private final PostgresDialect dialect;
  private final MergeClauses clauses;
  private final StagedRange stagedRange;
  private final boolean scattered;
  private final String differs;
  private final FoldedKeys foldedKeys;
  private final Optional<String> folded;
  private final PostgresRejections rejections;
  private final boolean unique;
  private final PostgresExchange exchange;
  private final List<String> key;
  private final NarrowTexts narrow;
  private final WrittenRows written;
  private final PostgresCopy copy;
  private boolean staged;

  /** Exchanging takes a savepoint for each chunk. */
  private final CollidingRows colliding = new CollidingRows();

  PostgresChunkWriter(
      Connection session,
      PostgresDialect dialect,
      String schema,
      TableMapping mapping,
      TableShape target) {
    this.session = session;
    this.dialect = dialect;
    this.clauses = new MergeClauses(dialect, schema, mapping, target);
    this.stagedRange = new StagedRange(dialect, mapping, STAGE);
    this.scattered = !mapping.isInOrderOfKey();
    this.differs = clauses.compared(name -> differs(target, name), " OR ");
    this.foldedKeys = new FoldedKeys(dialect, mapping, target);
    this.folded = foldedKeys.condition(name -> differs(target, name));
    this.unique = target.hasKey(mapping.targetKey());
    this.exchange = new PostgresExchange(clauses, target);
    this.key = mapping.targetKey();
    this.narrow = new NarrowTexts(dialect, mapping, target);
    this.copy = new PostgresCopy(session, clauses.columns(), mapping.targetColumns());
    this.written = new WrittenRows(session, dialect, clauses, target, key, STAGE);
    this.rejections = new PostgresRejections(clauses, narrow, target);
  }

  /**
   * Creates the temporary table at the first merge; nothing else is in its transaction yet. A pass
   * into an empty slice needs none, but where the table would cut texts.
   */
  private void stage() throws SQLException {
    if (staged) {
      return;
    }
    try (Statement statement = session.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS " + STAGE);
      statement.execute(
          "CREATE TEMPORARY TABLE "
              + MergeClauses.STAGE
              + " ON COMMIT DELETE ROWS AS SELECT "
              + narrow.staged()
              + " FROM "
              + clauses.table()
              + " WITH NO DATA");
      narrow.guard(statement, STAGE);
      if (!key.isEmpty()) {
        // Two rows of one key in a chunk must be refused, not decided by chance.
        statement.execute("CREATE UNIQUE INDEX ON " + STAGE + " (" + clauses.key() + ")");
      }
    }
    session.commit();
    staged = true;
  }

  /** By bytes: a collation may find texts equal that differ. */
  private String differs(TableShape target, String name) {
    String how =
        target
            .column(name)
            .map(
                column ->
                    switch (column.type().kind()) {
                      case TEXT -> " COLLATE \"C\"";
                      // json, xml and the geometric types have no equality of their own.
                      case JSON, OTHER, UNSUPPORTED -> "::text";
                      case BOOLEAN,
                          INT16,
                          INT32,
                          INT64,
                          DECIMAL,
                          FLOAT32,
                          FLOAT64,
                          BYTES,
                          DATE,
                          TIME,
                          TIMESTAMP,
                          TIMESTAMPTZ,
                          UUID ->
                          "";
                    })
            .orElse("::text");
    String quoted = dialect.quote(name);
    return "t." + quoted + how + " IS DISTINCT FROM s." + quoted + how;
  }

  @Override
  public long insert(RowStream rows) throws SQLException {
    if (narrow.isEmpty()) {
      long loaded = load(clauses.table(), rows);
      try {
        written.inserted();
      } catch (SQLException e) {
        throw rejected(e);
      }
      return loaded;
    }
    stage();
    long loaded = load(STAGE, rows);
    try (Statement statement = session.createStatement()) {
      written.taken(statement.executeLargeUpdate(insert()), loaded);
      written.inserted();
      return loaded;
    } catch (RowRejectedException e) {
      throw e;
    } catch (SQLException e) {
      throw rejected(e);
    }
  }

  @Override
  public MergeCounts merge(RowStream rows) throws SQLException {
    stage();
    long loaded = load(STAGE, rows);
    try (Statement statement = session.createStatement()) {
      Optional<String> range = scattered ? Optional.of("true") : stagedRange.condition(statement);
      if (range.isEmpty()) {
        return new MergeCounts(0, 0);
      }
      if (scattered) {
        // Each by its key: keys that lie far apart would have the planner read the whole table.
        statement.execute("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off");
      }
      String same = clauses.sameKey() + " AND " + range.get();
      if (folded.isPresent()) {
        foldedKeys.refuse(
            statement,
            STAGE + " s JOIN " + clauses.table() + " t ON " + same + " AND " + folded.get());
      }
      long updated = clauses.comparesValues() ? update(statement, same) : 0;
      // Neither side has two rows of one key: where as many were updated as came, none is missing.
      boolean complete = unique && updated == loaded;
      long inserted = complete ? 0 : statement.executeLargeUpdate(insert() + unlessThere(same));
      written.merged(statement, same, differs);
      return new MergeCounts(inserted, updated);
    } catch (RowRejectedException e) {
      throw e;
    } catch (SQLException e) {
      throw rejected(e);
    }
  }

  private long update(Statement statement, String same) throws SQLException {
    String differing = same + " AND (" + differs + ")";
    return written.updated(statement, differing, () -> changed(statement, differing));
  }

  private long changed(Statement statement, String differing) throws SQLException {
    String update =
        "UPDATE "
            + clauses.table()
            + (" t SET " + clauses.assignments(""))
            + (" FROM " + STAGE + " s WHERE " + differing);
    Savepoint before = colliding.areExchanged() ? session.setSavepoint() : null;
    try {
      return statement.executeLargeUpdate(update);
    } catch (SQLException e) {
      if (!colliding.met(PostgresExchange.isCollision(e)) || before == null) {
        throw e;
      }
      session.rollback(before);
      return exchange.update(statement, STAGE, differing, e);
    }
  }

  @Override
  public boolean writesAgainAfter(RowRejectedException rejection) throws SQLException {
    return copy.tellsMoreByTexts() || colliding.exchangeFromNow(session, exchange);
  }

  private String insert() {
    return "INSERT INTO "
        + clauses.table()
        + (" (" + clauses.columns() + ")")
        + (" OVERRIDING SYSTEM VALUE SELECT " + clauses.columns())
        + (" FROM " + STAGE + " s");
  }

  private String unlessThere(String same) {
    return " WHERE NOT EXISTS (SELECT 1 FROM " + clauses.table() + " t WHERE " + same + ")";
  }

  private long load(String into, RowStream rows) throws SQLException {
    long loaded = copy(into, rows);
    written.taken(loaded, rows.rows());
    return loaded;
  }

  private long copy(String into, RowStream rows) throws SQLException {
    try {
      return copy.load(into, rows);
    } catch (IOException e) {
      throw RowStream.unreadable(e);
    } catch (SQLException e) {
      throw rejections.of(e, copy.linesBefore());
    }
  }

  private SQLException rejected(SQLException error) {
    return rejections.of(error, 0);
  }

  @Override
  public Optional<String> remark() {
    return written.remark();
  }

  @Override
  public boolean sliceIsEmpty() throws SQLException {
    return clauses.sliceIsEmpty(session);
  }
}
