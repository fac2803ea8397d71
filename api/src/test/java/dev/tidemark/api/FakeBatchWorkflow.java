package dev.tidemark.api;

import dev.tidemark.workflows.batch.BatchInput;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.batch.RunActivities;
import dev.tidemark.workflows.batch.SourceSpec;
import dev.tidemark.workflows.batch.SyncBatchWorkflow;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.TableActivities;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.TableStatus;
import dev.tidemark.workflows.table.TableTask;
import dev.tidemark.workflows.table.WhenBusy;
import dev.tidemark.workflows.verification.VerificationSummary;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the batch workflow: each source has ad_org and c_invoice, the first of which is
 * copied by {@link FakeTableActivities}. The tables asked for say how it ends: {@code completes},
 * {@code fails}, or else it runs until it is interrupted. Where {@code odd} is asked for, a source
 * also has tables with odd names.
 */
public class FakeBatchWorkflow implements SyncBatchWorkflow {

  private final BatchInput input;
  private final List<TableProgress> tables = new ArrayList<>();
  private BatchStatus status = BatchStatus.RUNNING;
  private boolean paused;
  private @Nullable String interruption;
  private @Nullable Instant endedAt;

  /** Plans, or takes over what was carried. */
  @WorkflowInit
  public FakeBatchWorkflow(BatchInput input) {
    this.input = input;
    tables.addAll(input.carried());
    if (tables.isEmpty()) {
      for (SourceSpec source : input.spec().sources()) {
        tables.add(table(new TableId(source.connection(), "public", "ad_org"), "PENDING", null));
        tables.add(table(new TableId(source.connection(), "public", "c_invoice"), "PENDING", null));
        if (input.options().tables().contains("odd")) {
          for (String odd :
              List.of("order_line", "OrderLine", "order.line", "order details", "50%")) {
            tables.add(table(new TableId(source.connection(), "public", odd), "PENDING", null));
          }
        }
      }
    }
  }

  @Override
  public BatchProgress run(BatchInput ignored) {
    List<String> asked = input.options().tables();
    if (asked.contains("completes")) {
      tables.replaceAll(one -> table(one.table(), "COMPLETED", null));
      if (input.batchId().startsWith("repair_")) {
        tables.replaceAll(FakeBatchWorkflow::repaired);
      }
      end(BatchStatus.COMPLETED);
      return progress();
    }
    if (asked.contains("fails") && input.carried().isEmpty()) {
      ErrorDetail error = new ErrorDetail("TABLE_NOT_FOUND", "It is gone.", "Create it.");
      tables.set(0, table(tables.getFirst().table(), "FAILED", error));
      end(BatchStatus.FAILED);
      throw ApplicationFailure.newNonRetryableFailure("a table failed", "BATCH_FAILED");
    }
    tables.set(0, table(tables.getFirst().table(), "IN_PROGRESS", null));
    CancellationScope copy =
        Workflow.newCancellationScope(
            () -> Async.function(activities()::syncTable, task(tables.getFirst().table())));
    copy.run();
    Workflow.newDetachedCancellationScope(
            () ->
                Workflow.await(
                    () -> interruption != null || CancellationScope.current().isCancelRequested()))
        .run();
    end(BatchStatus.INTERRUPTED);
    Workflow.newActivityStub(
            RunActivities.class,
            ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofSeconds(5)).build())
        .requestCancel();
    Workflow.await(() -> false);
    throw new CanceledFailure("interrupted");
  }

  private void end(BatchStatus end) {
    status = end;
    endedAt = Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  private static TableActivities activities() {
    return Workflow.newActivityStub(
        TableActivities.class,
        ActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofMinutes(5))
            .setHeartbeatTimeout(Duration.ofSeconds(30))
            .setCancellationType(ActivityCancellationType.TRY_CANCEL)
            .setRetryOptions(
                RetryOptions.newBuilder().setInitialInterval(Duration.ofMinutes(1)).build())
            .build());
  }

  private TableTask task(TableId table) {
    return new TableTask(
        table,
        input.spec().target(),
        table.table(),
        TableSpec.DEFAULT,
        RetrySpec.DEFAULT,
        WhenBusy.WAIT,
        true,
        1_000,
        1);
  }

  private static TableProgress table(TableId id, String status, @Nullable ErrorDetail error) {
    Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
    TableStatus standing = TableStatus.valueOf(status);
    boolean ended = standing == TableStatus.COMPLETED || standing == TableStatus.FAILED;
    return new TableProgress(
        id,
        id.table(),
        standing,
        false,
        1_000,
        standing == TableStatus.COMPLETED ? new RowCounts(1_000, 600, 300, 100) : RowCounts.NONE,
        0,
        error,
        standing == TableStatus.PENDING ? null : now,
        ended ? now : null);
  }

  @Override
  public BatchProgress progress() {
    return new BatchProgress(
        input.batchId(),
        input.spec().name(),
        status,
        paused,
        true,
        tables,
        input.firstStartedAt() == null
            ? Instant.ofEpochMilli(Workflow.getInfo().getRunStartedTimestampMillis())
            : input.firstStartedAt(),
        endedAt,
        input.spec().verify() && endedAt != null ? differing(endedAt) : null,
        interruption);
  }

  private static TableProgress repaired(TableProgress row) {
    return new TableProgress(
        row.table(),
        row.targetTable(),
        row.status(),
        false,
        row.estimatedRows(),
        new RowCounts(1_000, 1, 2, 994, 5, 2, 3, 4),
        0,
        null,
        row.startedAt(),
        row.endedAt());
  }

  private VerificationSummary differing(Instant end) {
    return new VerificationSummary(
        "verify_1",
        BatchStatus.COMPLETED,
        tables.size(),
        tables.size(),
        1,
        List.of(new VerificationSummary.Table(tables.getFirst().table(), 0, 0, 1, null)),
        end.minusSeconds(2),
        end);
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void validatePause() {
    refuse(paused, "The batch is paused already.");
  }

  @Override
  public void resume() {
    paused = false;
  }

  @Override
  public void validateResume() {
    refuse(!paused, "The batch is not paused.");
  }

  @Override
  public void interrupt(String reason) {
    interruption = reason;
  }

  @Override
  public void validateInterrupt(String reason) {
    refuse(interruption != null, "The batch is being interrupted already.");
  }

  @Override
  public void skipTable(TableId table) {
    set(table, "SKIPPED");
  }

  @Override
  public void validateSkipTable(TableId table) {
    refuse(is(table, TableStatus.SKIPPED), table + " is skipped already.");
  }

  @Override
  public void retryTable(TableId table) {
    set(table, "PENDING");
  }

  @Override
  public void validateRetryTable(TableId table) {
    refuse(is(table, TableStatus.PENDING), table + " is in the queue already.");
  }

  @Override
  public void pauseTable(TableId table) {
    tables.replaceAll(one -> one.table().equals(table) ? paused(one, true) : one);
  }

  @Override
  public void validatePauseTable(TableId table) {}

  @Override
  public void resumeTable(TableId table) {
    tables.replaceAll(one -> one.table().equals(table) ? paused(one, false) : one);
  }

  @Override
  public void validateResumeTable(TableId table) {}

  private void set(TableId table, String standing) {
    tables.replaceAll(one -> one.table().equals(table) ? table(table, standing, null) : one);
  }

  private boolean is(TableId table, TableStatus standing) {
    return tables.stream().anyMatch(t -> t.table().equals(table) && t.status() == standing);
  }

  private static TableProgress paused(TableProgress table, boolean paused) {
    return new TableProgress(
        table.table(),
        table.targetTable(),
        table.status(),
        paused,
        table.estimatedRows(),
        table.counts(),
        table.retries(),
        table.error(),
        table.startedAt(),
        table.endedAt());
  }

  private static void refuse(boolean when, String why) {
    if (when) {
      throw ApplicationFailure.newNonRetryableFailure(why, "REFUSED");
    }
  }
}
