package dev.tidemark.activities.batch;

import dev.tidemark.connect.catalog.TableNames;
import dev.tidemark.connect.catalog.TablePath;
import dev.tidemark.connect.catalog.TableSettings;
import dev.tidemark.connect.control.ArchivedBatch;
import dev.tidemark.connect.control.ArchivedTable;
import dev.tidemark.connect.control.BatchArchive;
import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.batch.ArchiveActivities;
import dev.tidemark.workflows.batch.ArchiveInput;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.PlanInput;
import dev.tidemark.workflows.batch.PlannedTable;
import dev.tidemark.workflows.batch.SourcePlan;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableStatus;
import io.temporal.activity.Activity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes batches into the control database. */
public final class ArchiveActivitiesImpl implements ArchiveActivities {

  private final BatchArchive archive;

  public ArchiveActivitiesImpl(BatchArchive archive) {
    this.archive = archive;
  }

  @Override
  public void archive(ArchiveInput input) {
    // Temporal's clock at the moment of the state: a late retry never overwrites a newer state.
    Instant takenAt =
        Instant.ofEpochMilli(Activity.getExecutionContext().getInfo().getScheduledTimestamp());
    archive.save(batch(input, takenAt), tables(input.progress()));
  }

  private ArchivedBatch batch(ArchiveInput input, Instant takenAt) {
    BatchProgress progress = input.progress();
    return new ArchivedBatch(
        progress.batchId(),
        progress.name(),
        progress.status().name().toLowerCase(Locale.ROOT),
        progress.paused(),
        progress.tables().size(),
        (int) progress.count(TableStatus.COMPLETED),
        (int) progress.count(TableStatus.FAILED),
        (int) progress.count(TableStatus.SKIPPED),
        PayloadJson.write(input.options()),
        PayloadJson.write(input.spec()),
        progress.startedAt(),
        progress.endedAt(),
        input.options().requestedBy(),
        takenAt,
        progress.verification() == null ? null : PayloadJson.write(progress.verification()),
        progress.interruption());
  }

  private static List<ArchivedTable> tables(BatchProgress progress) {
    List<ArchivedTable> tables = new ArrayList<>();
    for (TableProgress table : progress.tables()) {
      tables.add(archived(progress.batchId(), table, tables.size()));
    }
    return tables;
  }

  private static ArchivedTable archived(String batchId, TableProgress table, int position) {
    TableId id = table.table();
    RowCounts counts = table.counts();
    ErrorDetail error = table.error();
    return new ArchivedTable(
        batchId,
        id.connection(),
        id.schema(),
        id.table(),
        TableNames.model(id.table()),
        table.targetTable(),
        table.status().name().toLowerCase(Locale.ROOT),
        counts.read(),
        counts.inserted(),
        counts.updated(),
        counts.skipped(),
        counts.deleted(),
        counts.extra(),
        table.estimatedRows(),
        error == null ? null : error.code(),
        error == null ? null : error.message(),
        error == null ? null : error.remedy(),
        table.startedAt(),
        table.endedAt(),
        table.retries(),
        position,
        table.remarks(),
        counts.deadLetters(),
        counts.decided());
  }

  @Override
  public SourcePlan lastKnownTables(PlanInput input) {
    BatchSpec spec = input.spec();
    List<ArchivedTable> known = archive.lastKnownTables(spec.name(), input.connection());
    TableSettings settings =
        TableSettings.of(
            spec.tableSpecs().keySet(), known.stream().map(ArchiveActivitiesImpl::path).toList());
    return new SourcePlan(
        TableChoice.of(spec, input.connection(), known, ArchiveActivitiesImpl::path).stream()
            .map(
                table ->
                    new PlannedTable(
                        new TableId(table.connection(), table.schema(), table.table()),
                        table.targetTable(),
                        table.estimatedRows(),
                        null,
                        settings.of(path(table)).orElse("")))
            .toList());
  }

  private static TablePath path(ArchivedTable table) {
    return new TablePath(table.connection(), table.schema(), table.table());
  }
}
