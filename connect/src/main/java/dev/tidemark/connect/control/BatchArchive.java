package dev.tidemark.connect.control;

import static dev.tidemark.connect.control.generated.Tables.SYNC_BATCHES;
import static dev.tidemark.connect.control.generated.Tables.SYNC_PROGRESS;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.selectOne;

import dev.tidemark.connect.failure.SyncException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The archive of batches: the read model for lists and reports, and what a batch is resumed from
 * when Temporal has forgotten it.
 *
 * <p>Every method throws {@link SyncException} when the control database cannot be reached.
 */
public final class BatchArchive {

  private final ControlAccess access;

  BatchArchive(ControlAccess access) {
    this.access = access;
  }

  /**
   * Writes a batch and all of its tables; tables that are not among them any more are removed. A
   * state older than the one archived changes nothing.
   */
  public void save(ArchivedBatch batch, List<ArchivedTable> tables) {
    access.run(
        "archiving batch " + batch.batchId(),
        database -> {
          if (saveBatch(database, batch)) {
            BatchTables.replace(database, batch.batchId(), tables);
          }
        });
  }

  private static boolean saveBatch(DSLContext database, ArchivedBatch batch) {
    return database
            .insertInto(SYNC_BATCHES)
            .set(BatchRows.record(batch))
            .onConflict(SYNC_BATCHES.BATCH_ID)
            .doUpdate()
            .setAllToExcluded()
            .where(SYNC_BATCHES.RECORDED_AT.le(excluded(SYNC_BATCHES.RECORDED_AT)))
            .execute()
        > 0;
  }

  /** Writes a batch that has no tables yet, unless one of its id is archived. */
  public void announce(ArchivedBatch batch) {
    access.run(
        "announcing batch " + batch.batchId(),
        database ->
            database
                .insertInto(SYNC_BATCHES)
                .set(BatchRows.record(batch))
                .onConflict(SYNC_BATCHES.BATCH_ID)
                .doNothing()
                .execute());
  }

  /**
   * Marks a closed batch as running again, which its next state will say as well.
   *
   * @param recordedAt of the state that is being resumed; a state recorded since stays
   */
  public void reopen(String batchId, Instant recordedAt) {
    access.run(
        "reopening batch " + batchId,
        database ->
            database
                .update(SYNC_BATCHES)
                .set(SYNC_BATCHES.STATUS, "running")
                .setNull(SYNC_BATCHES.ENDED_AT)
                .setNull(SYNC_BATCHES.VERIFICATION)
                .setNull(SYNC_BATCHES.INTERRUPTION)
                .where(SYNC_BATCHES.BATCH_ID.eq(batchId))
                .and(SYNC_BATCHES.STATUS.ne("running"))
                .and(SYNC_BATCHES.RECORDED_AT.eq(recordedAt))
                .execute());
  }

  /** The batch of this id. */
  public Optional<ArchivedBatch> find(String batchId) {
    return access.call(
        "reading batch " + batchId + " from the archive",
        database ->
            database
                .selectFrom(SYNC_BATCHES)
                .where(SYNC_BATCHES.BATCH_ID.eq(batchId))
                .fetchOptional(BatchRows::batch));
  }

  /** The tables of a batch in the order in which it starts them. */
  public List<ArchivedTable> tables(String batchId) {
    return access.call(
        "reading the tables of batch " + batchId + " from the archive",
        database -> BatchTables.of(database, batchId));
  }

  /**
   * One page of batches, newest first.
   *
   * @param cursor the {@code nextCursor} of the page before; null for the first
   * @param limit most batches in the page
   * @throws IllegalArgumentException when the cursor is none that a list has returned
   */
  public BatchPage list(BatchFilter filter, @Nullable String cursor, int limit) {
    Condition from = cursor == null ? noCondition() : olderThan(BatchCursor.parse(cursor));
    List<ArchivedBatch> batches =
        access.call(
            "listing batches of the archive",
            database ->
                database
                    .selectFrom(SYNC_BATCHES)
                    .where(condition(filter))
                    .and(from)
                    .orderBy(SYNC_BATCHES.STARTED_AT.desc(), SYNC_BATCHES.BATCH_ID.desc())
                    .limit(limit + 1)
                    .fetch(BatchRows::batch));
    if (batches.size() <= limit) {
      return new BatchPage(batches, null);
    }
    List<ArchivedBatch> page = batches.subList(0, limit);
    return new BatchPage(page, BatchCursor.of(page.getLast()).token());
  }

  private static Condition olderThan(BatchCursor cursor) {
    return row(SYNC_BATCHES.STARTED_AT, SYNC_BATCHES.BATCH_ID)
        .lt(cursor.startedAt(), cursor.batchId());
  }

  private static Condition condition(BatchFilter filter) {
    Condition condition = noCondition();
    if (filter.status() != null) {
      condition = condition.and(SYNC_BATCHES.STATUS.eq(filter.status()));
    }
    if (filter.name() != null) {
      condition = condition.and(SYNC_BATCHES.NAME.eq(filter.name()));
    }
    if (filter.connection() != null) {
      condition = condition.and(hasTablesOf(filter.connection(), noCondition()));
    }
    return condition;
  }

  private static Condition hasTablesOf(String connection, Condition which) {
    return exists(
        selectOne()
            .from(SYNC_PROGRESS)
            .where(SYNC_PROGRESS.BATCH_ID.eq(SYNC_BATCHES.BATCH_ID))
            .and(SYNC_PROGRESS.CONNECTION_NAME.eq(connection))
            .and(which));
  }

  /** Sums over the tables of each of these batches; batches without tables are left out. */
  public Map<String, BatchTotals> totals(Collection<String> batchIds) {
    return access.call(
        "adding up tables of the archive", database -> BatchTables.totals(database, batchIds));
  }

  /** The batch that started last. */
  public Optional<ArchivedBatch> latest() {
    return list(BatchFilter.ANY, null, 1).batches().stream().findFirst();
  }

  /**
   * The tables of this connection in the newest batch of this name that knew any. A row that stands
   * for a source whose tables were not known, named {@code *}, is none.
   */
  public List<ArchivedTable> lastKnownTables(String batchName, String connection) {
    return access.call(
        "reading the last known tables of " + connection,
        database ->
            database
                .select(SYNC_BATCHES.BATCH_ID)
                .from(SYNC_BATCHES)
                .where(SYNC_BATCHES.NAME.eq(batchName))
                .and(hasTablesOf(connection, BatchTables.KNOWN))
                .orderBy(SYNC_BATCHES.STARTED_AT.desc(), SYNC_BATCHES.BATCH_ID.desc())
                .limit(1)
                .fetchOptional(SYNC_BATCHES.BATCH_ID)
                .map(batchId -> BatchTables.known(database, batchId, connection))
                .orElse(List.of()));
  }

  /**
   * How each table of a source was copied last into this target, as far as it was copied to its
   * end.
   */
  public List<PastRun> lastRuns(String connection, String target) {
    return access.call(
        "reading the last runs from " + connection + " into " + target,
        database -> BatchTables.lastRuns(database, connection, target));
  }

  /** Ids of all batches that the archive believes to be running. */
  public List<String> running() {
    return access.call(
        "looking for running batches in the archive",
        database ->
            database
                .select(SYNC_BATCHES.BATCH_ID)
                .from(SYNC_BATCHES)
                .where(SYNC_BATCHES.STATUS.eq("running"))
                .orderBy(SYNC_BATCHES.BATCH_ID)
                .fetch(SYNC_BATCHES.BATCH_ID));
  }

  /**
   * Closes a batch that is archived as running although its workflow is closed, as one that was
   * terminated. Tables in progress become pending: they go on when the batch is resumed.
   *
   * @param recordedUntil a state recorded later is of a run that followed, and stays
   * @return false when the batch is not archived as running, or was recorded later
   */
  public boolean closeAbandoned(
      String batchId, String status, Instant endedAt, Instant recordedUntil) {
    return access.call(
        "closing batch " + batchId + " in the archive",
        database -> {
          int closed =
              database
                  .update(SYNC_BATCHES)
                  .set(SYNC_BATCHES.STATUS, status)
                  .set(SYNC_BATCHES.PAUSED, false)
                  .set(SYNC_BATCHES.ENDED_AT, endedAt)
                  .where(SYNC_BATCHES.BATCH_ID.eq(batchId))
                  .and(SYNC_BATCHES.STATUS.eq("running"))
                  .and(SYNC_BATCHES.RECORDED_AT.le(recordedUntil))
                  .execute();
          if (closed > 0) {
            BatchTables.putBack(database, batchId);
          }
          return closed > 0;
        });
  }

  /** Deletes batches that closed before the instant, with their tables; answers how many. */
  public int deleteClosedBefore(Instant instant) {
    return access.call(
        "deleting old batches from the archive",
        database ->
            database
                .deleteFrom(SYNC_BATCHES)
                .where(SYNC_BATCHES.STATUS.ne("running"))
                .and(SYNC_BATCHES.ENDED_AT.lt(instant))
                .execute());
  }
}
