package dev.tidemark.connect.control;

import dev.tidemark.connect.control.generated.tables.records.SyncBatchesRecord;
import dev.tidemark.connect.control.generated.tables.records.SyncProgressRecord;
import java.util.List;
import org.jooq.JSONB;

/** Between rows and records. */
final class BatchRows {

  private BatchRows() {}

  static ArchivedBatch batch(SyncBatchesRecord row) {
    JSONB verification = row.getVerification();
    return new ArchivedBatch(
        row.getBatchId(),
        row.getName(),
        row.getStatus(),
        row.getPaused(),
        row.getTotalTables(),
        row.getCompletedTables(),
        row.getFailedTables(),
        row.getSkippedTables(),
        row.getOptions().data(),
        row.getSpec().data(),
        row.getStartedAt(),
        row.getEndedAt(),
        row.getRequestedBy(),
        row.getRecordedAt(),
        verification == null ? null : verification.data(),
        row.getInterruption());
  }

  static SyncBatchesRecord record(ArchivedBatch batch) {
    SyncBatchesRecord row = new SyncBatchesRecord();
    row.setBatchId(batch.batchId());
    row.setName(batch.name());
    row.setStatus(batch.status());
    row.setPaused(batch.paused());
    row.setTotalTables(batch.totalTables());
    row.setCompletedTables(batch.completedTables());
    row.setFailedTables(batch.failedTables());
    row.setSkippedTables(batch.skippedTables());
    row.setOptions(JSONB.valueOf(batch.optionsJson()));
    row.setSpec(JSONB.valueOf(batch.specJson()));
    row.setStartedAt(batch.startedAt());
    row.setEndedAt(batch.endedAt());
    row.setRequestedBy(batch.requestedBy());
    row.setRecordedAt(batch.recordedAt());
    row.setVerification(JSONB.jsonbOrNull(batch.verificationJson()));
    row.setInterruption(batch.interruption());
    return row;
  }

  static ArchivedTable table(SyncProgressRecord row) {
    return new ArchivedTable(
        row.getBatchId(),
        row.getConnectionName(),
        row.getSchemaName(),
        row.getTableName(),
        row.getModelName(),
        row.getTargetTable(),
        row.getStatus(),
        row.getRecordsProcessed(),
        row.getRecordsInserted(),
        row.getRecordsUpdated(),
        row.getRecordsSkipped(),
        row.getRecordsDeleted(),
        row.getRecordsExtra(),
        row.getEstimatedRows(),
        row.getErrorCode(),
        row.getErrorMessage(),
        row.getRemedy(),
        row.getStartedAt(),
        row.getEndedAt(),
        row.getRetryCount(),
        row.getPosition(),
        List.of(row.getRemarks()),
        row.getDeadLetters(),
        row.getRecordsDecided());
  }

  static SyncProgressRecord record(ArchivedTable table) {
    SyncProgressRecord row = new SyncProgressRecord();
    row.setBatchId(table.batchId());
    row.setConnectionName(table.connection());
    row.setSchemaName(table.schema());
    row.setTableName(table.table());
    row.setModelName(table.model());
    row.setTargetTable(table.targetTable());
    row.setPosition(table.position());
    row.setStatus(table.status());
    row.setRecordsProcessed(table.recordsProcessed());
    row.setRecordsInserted(table.recordsInserted());
    row.setRecordsUpdated(table.recordsUpdated());
    row.setRecordsSkipped(table.recordsSkipped());
    row.setRecordsDeleted(table.recordsDeleted());
    row.setRecordsExtra(table.recordsExtra());
    row.setEstimatedRows(table.estimatedRows());
    row.setErrorCode(table.errorCode());
    row.setErrorMessage(table.errorMessage());
    row.setRemedy(table.remedy());
    row.setRetryCount(table.retryCount());
    row.setStartedAt(table.startedAt());
    row.setEndedAt(table.endedAt());
    row.setRemarks(table.remarks().toArray(String[]::new));
    row.setDeadLetters(table.deadLetters());
    row.setRecordsDecided(table.recordsDecided());
    return row;
  }
}
