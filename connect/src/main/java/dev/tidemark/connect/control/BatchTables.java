package dev.tidemark.connect.control;

import static dev.tidemark.connect.control.generated.Tables.SYNC_BATCHES;
import static dev.tidemark.connect.control.generated.Tables.SYNC_PROGRESS;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.jsonbGetAttributeAsText;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import dev.tidemark.connect.control.generated.tables.records.SyncProgressRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;

/** The rows of {@code sync_progress}: the tables of batches. */
final class BatchTables {

  /** PostgreSQL takes 65,535 values in a statement, and a row has 25. */
  private static final int ROWS_PER_STATEMENT = 500;

  /** A row named {@code *} stands for a source whose tables are not known. */
  static final Condition KNOWN = SYNC_PROGRESS.TABLE_NAME.ne("*");

  private static final List<Field<?>> KEY =
      List.of(
          SYNC_PROGRESS.BATCH_ID,
          SYNC_PROGRESS.CONNECTION_NAME,
          SYNC_PROGRESS.SCHEMA_NAME,
          SYNC_PROGRESS.TABLE_NAME);

  private static final List<Field<?>> VALUES =
      Arrays.<Field<?>>stream(SYNC_PROGRESS.fields())
          .filter(field -> !KEY.contains(field))
          .filter(field -> !field.equals(SYNC_PROGRESS.DURATION_SECONDS))
          .toList();

  private BatchTables() {}

  static List<ArchivedTable> of(DSLContext database, String batchId) {
    return tables(database, SYNC_PROGRESS.BATCH_ID.eq(batchId));
  }

  static List<ArchivedTable> known(DSLContext database, String batchId, String connection) {
    return tables(
        database,
        SYNC_PROGRESS
            .BATCH_ID
            .eq(batchId)
            .and(SYNC_PROGRESS.CONNECTION_NAME.eq(connection))
            .and(KNOWN));
  }

  private static List<ArchivedTable> tables(DSLContext database, Condition condition) {
    return database
        .selectFrom(SYNC_PROGRESS)
        .where(condition)
        .orderBy(
            SYNC_PROGRESS.POSITION,
            SYNC_PROGRESS.CONNECTION_NAME,
            SYNC_PROGRESS.SCHEMA_NAME,
            SYNC_PROGRESS.TABLE_NAME)
        .fetch(BatchRows::table);
  }

  static void replace(DSLContext database, String batchId, List<ArchivedTable> tables) {
    deleteOthers(database, batchId, tables);
    for (int from = 0; from < tables.size(); from += ROWS_PER_STATEMENT) {
      upsert(database, tables.subList(from, Math.min(tables.size(), from + ROWS_PER_STATEMENT)));
    }
  }

  private static void deleteOthers(
      DSLContext database, String batchId, List<ArchivedTable> tables) {
    Set<List<String>> known = new HashSet<>();
    tables.forEach(table -> known.add(List.of(table.connection(), table.schema(), table.table())));
    List<SyncProgressRecord> gone =
        database.selectFrom(SYNC_PROGRESS).where(SYNC_PROGRESS.BATCH_ID.eq(batchId)).stream()
            .filter(row -> !known.contains(key(row)))
            .toList();
    if (!gone.isEmpty()) {
      database.batchDelete(gone).execute();
    }
  }

  private static List<String> key(SyncProgressRecord row) {
    return List.of(row.getConnectionName(), row.getSchemaName(), row.getTableName());
  }

  /** Rows that say nothing new are not written, so that a long batch leaves few dead rows. */
  private static void upsert(DSLContext database, List<ArchivedTable> tables) {
    List<SyncProgressRecord> records = new ArrayList<>();
    tables.forEach(table -> records.add(BatchRows.record(table)));
    List<Field<?>> proposed = VALUES.stream().<Field<?>>map(field -> excluded(field)).toList();
    database
        .insertInto(SYNC_PROGRESS)
        .set(records)
        .onConflict(KEY)
        .doUpdate()
        .setAllToExcluded()
        .where(row(VALUES).isDistinctFrom(row(proposed)))
        .execute();
  }

  static List<PastRun> lastRuns(DSLContext database, String connection, String target) {
    return database
        .select(
            SYNC_PROGRESS.SCHEMA_NAME,
            SYNC_PROGRESS.TABLE_NAME,
            SYNC_PROGRESS.BATCH_ID,
            SYNC_PROGRESS.RECORDS_PROCESSED,
            SYNC_PROGRESS.DURATION_SECONDS)
        .distinctOn(SYNC_PROGRESS.SCHEMA_NAME, SYNC_PROGRESS.TABLE_NAME)
        .from(SYNC_PROGRESS)
        .join(SYNC_BATCHES)
        .on(SYNC_BATCHES.BATCH_ID.eq(SYNC_PROGRESS.BATCH_ID))
        .where(SYNC_PROGRESS.CONNECTION_NAME.eq(connection))
        .and(jsonbGetAttributeAsText(SYNC_BATCHES.SPEC, "target").eq(target))
        .and(SYNC_PROGRESS.STATUS.eq("completed"))
        .and(SYNC_PROGRESS.DURATION_SECONDS.gt(0.0))
        .orderBy(SYNC_PROGRESS.SCHEMA_NAME, SYNC_PROGRESS.TABLE_NAME, SYNC_PROGRESS.ENDED_AT.desc())
        .fetch(
            row ->
                new PastRun(row.value1(), row.value2(), row.value3(), row.value4(), row.value5()));
  }

  static void putBack(DSLContext database, String batchId) {
    database
        .update(SYNC_PROGRESS)
        .set(SYNC_PROGRESS.STATUS, "pending")
        .where(SYNC_PROGRESS.BATCH_ID.eq(batchId))
        .and(SYNC_PROGRESS.STATUS.eq("in_progress"))
        .execute();
  }

  static Map<String, BatchTotals> totals(DSLContext database, Collection<String> batchIds) {
    Field<Integer> pending = count().filterWhere(SYNC_PROGRESS.STATUS.eq("pending"));
    Field<Integer> inProgress = count().filterWhere(SYNC_PROGRESS.STATUS.eq("in_progress"));
    Field<Long> processed = total(SYNC_PROGRESS.RECORDS_PROCESSED);
    Field<Long> inserted = total(SYNC_PROGRESS.RECORDS_INSERTED);
    Field<Long> updated = total(SYNC_PROGRESS.RECORDS_UPDATED);
    Field<Long> skipped = total(SYNC_PROGRESS.RECORDS_SKIPPED);
    Field<Long> deleted = total(SYNC_PROGRESS.RECORDS_DELETED);
    Field<Long> extra = total(SYNC_PROGRESS.RECORDS_EXTRA);
    Field<Long> expected =
        total(
            when(SYNC_PROGRESS.STATUS.in("completed", "skipped"), SYNC_PROGRESS.RECORDS_PROCESSED)
                .otherwise(
                    greatest(SYNC_PROGRESS.ESTIMATED_ROWS, SYNC_PROGRESS.RECORDS_PROCESSED)));
    return database
        .select(
            SYNC_PROGRESS.BATCH_ID,
            pending,
            inProgress,
            processed,
            inserted,
            updated,
            skipped,
            deleted,
            extra,
            expected)
        .from(SYNC_PROGRESS)
        .where(SYNC_PROGRESS.BATCH_ID.in(batchIds))
        .groupBy(SYNC_PROGRESS.BATCH_ID)
        .fetchMap(
            SYNC_PROGRESS.BATCH_ID,
            sums ->
                new BatchTotals(
                    sums.value2(),
                    sums.value3(),
                    sums.value4(),
                    sums.value5(),
                    sums.value6(),
                    sums.value7(),
                    sums.value8(),
                    sums.value9(),
                    sums.value10()));
  }

  private static Field<Long> total(Field<Long> rows) {
    return sum(rows).cast(Long.class);
  }
}
