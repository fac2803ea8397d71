package dev.tidemark.api.batch;

import dev.tidemark.api.problem.ListRequests;
import dev.tidemark.api.run.AtOnce;
import dev.tidemark.api.run.Run;
import dev.tidemark.api.run.Runs;
import dev.tidemark.connect.control.ArchivedBatch;
import dev.tidemark.connect.control.BatchArchive;
import dev.tidemark.connect.control.BatchFilter;
import dev.tidemark.connect.control.BatchPage;
import dev.tidemark.connect.control.BatchTotals;
import dev.tidemark.connect.control.ControlDatabase;
import dev.tidemark.workflows.batch.BatchStatus;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lists batches from the archive. Those that it believes to be running are looked up in Temporal,
 * so that one that was terminated does not show as running for ever. No workflow is asked: closed
 * ones would answer from their histories, which takes long, and without a worker none does.
 */
@Component
final class BatchList {

  private final BatchArchive archive;
  private final Runs runs;
  private final BatchViews views;

  BatchList(ControlDatabase control, Runs runs, BatchViews views) {
    this.archive = control.batches();
    this.runs = runs;
    this.views = views;
  }

  BatchView.Listing page(BatchFilter filter, @Nullable String cursor, int limit) {
    BatchPage page = read(filter, cursor, limit);
    Map<String, BatchTotals> totals =
        archive.totals(page.batches().stream().map(ArchivedBatch::batchId).toList());
    List<BatchView> rows =
        AtOnce.map(
            page.batches(),
            batch -> row(batch, totals.getOrDefault(batch.batchId(), BatchTotals.NONE)));
    return new BatchView.Listing(
        rows.stream()
            .filter(row -> filter.status() == null || row.status().equals(filter.status()))
            .toList(),
        page.nextCursor());
  }

  private BatchPage read(BatchFilter filter, @Nullable String cursor, int limit) {
    try {
      return archive.list(filter, cursor, limit);
    } catch (IllegalArgumentException e) {
      throw ListRequests.notACursor();
    }
  }

  /** The id of the batch that started last. */
  Optional<String> latest() {
    return archive.latest().map(ArchivedBatch::batchId);
  }

  private BatchView row(ArchivedBatch batch, BatchTotals totals) {
    BatchStatus archived = status(batch);
    if (archived != BatchStatus.RUNNING) {
      return views.row(batch, totals, archived, batch.endedAt());
    }
    try {
      Optional<Run> run = runs.describe(batch.batchId());
      if (run.isPresent() && !run.get().running()) {
        return closed(batch, totals, run.get());
      }
      return views.row(batch, totals, run.map(Run::status).orElse(BatchStatus.INTERRUPTED), null);
    } catch (StatusRuntimeException e) {
      return views.row(batch, totals, archived, null);
    }
  }

  /** It has closed since the archive was read, or could not say so there. */
  private BatchView closed(ArchivedBatch batch, BatchTotals totals, Run run) {
    Optional<ArchivedBatch> since =
        archive.find(batch.batchId()).filter(now -> status(now) != BatchStatus.RUNNING);
    return since.isPresent()
        ? views.row(since.get(), totals(since.get()), status(since.get()), since.get().endedAt())
        : views.row(batch, totals, run.status(), run.closedAt());
  }

  private BatchTotals totals(ArchivedBatch batch) {
    return archive.totals(List.of(batch.batchId())).getOrDefault(batch.batchId(), BatchTotals.NONE);
  }

  private static BatchStatus status(ArchivedBatch batch) {
    return BatchStatus.valueOf(batch.status().toUpperCase(Locale.ROOT));
  }
}
