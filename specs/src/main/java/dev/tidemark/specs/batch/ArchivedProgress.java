package dev.tidemark.specs.batch;

import dev.tidemark.connect.control.ArchivedBatch;
import dev.tidemark.connect.control.ArchivedTable;
import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableStatus;
import dev.tidemark.workflows.verification.VerificationSummary;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads rows of the archive as what the workflow once said. */
public final class ArchivedProgress {

  private ArchivedProgress() {}

  /** The batch as it was archived last. */
  public static BatchProgress of(ArchivedBatch batch, List<ArchivedTable> tables) {
    return new BatchProgress(
        batch.batchId(),
        batch.name(),
        BatchStatus.valueOf(batch.status().toUpperCase(Locale.ROOT)),
        batch.paused(),
        !tables.isEmpty(),
        tables.stream().map(ArchivedProgress::table).toList(),
        batch.startedAt(),
        batch.endedAt(),
        verification(batch),
        batch.interruption());
  }

  /** The comparison of its tables; null without one. */
  public static @Nullable VerificationSummary verification(ArchivedBatch batch) {
    String json = batch.verificationJson();
    if (json == null) {
      return null;
    }
    VerificationSummary summary = PayloadJson.read(json, VerificationSummary.class);
    // It ended with its batch, where that was ended from outside.
    return batch.status().equals("running") || summary.status() != BatchStatus.RUNNING
        ? summary
        : summary.ended(
            BatchStatus.INTERRUPTED,
            Objects.requireNonNullElse(batch.endedAt(), summary.startedAt()));
  }

  private static TableProgress table(ArchivedTable table) {
    return new TableProgress(
            new TableId(table.connection(), table.schema(), table.table()),
            table.targetTable(),
            TableStatus.valueOf(table.status().toUpperCase(Locale.ROOT)),
            false,
            table.estimatedRows(),
            new RowCounts(
                table.recordsProcessed(),
                table.recordsInserted(),
                table.recordsUpdated(),
                table.recordsSkipped(),
                table.recordsDeleted(),
                table.recordsExtra(),
                table.deadLetters(),
                table.recordsDecided()),
            table.retryCount(),
            error(table),
            table.startedAt(),
            table.endedAt())
        .withRemarks(table.remarks());
  }

  private static @Nullable ErrorDetail error(ArchivedTable table) {
    return table.errorCode() == null
        ? null
        : new ErrorDetail(
            table.errorCode(),
            Objects.requireNonNullElse(table.errorMessage(), ""),
            Objects.requireNonNullElse(table.remedy(), ""));
  }
}
