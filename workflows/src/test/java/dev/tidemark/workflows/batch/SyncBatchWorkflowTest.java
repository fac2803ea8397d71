package dev.tidemark.workflows.batch;

import static dev.tidemark.workflows.batch.Batches.NO_KEY;
import static dev.tidemark.workflows.batch.Batches.UNREACHABLE;
import static dev.tidemark.workflows.batch.Batches.id;
import static dev.tidemark.workflows.batch.Batches.tables;
import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED;
import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.workflows.SearchAttributes;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.TableStatus;
import dev.tidemark.workflows.table.TableTask;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SyncBatchWorkflowTest {

  private static final TableId A = id("lmp", "a");
  private static final TableId B = id("lmp", "b");

  private BatchServer server;

  @BeforeEach
  void start() {
    server = BatchServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void completesWhenEveryTableCompletes() {
    server.control.source("lmp", tables("lmp", "a", "b"));
    server.control.source("sby", tables("sby", "a"));

    server.begin(Batches.of("lmp", "sby"));

    assertThat(server.status()).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
    BatchProgress progress = server.progress();
    assertThat(progress.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(progress.endedAt()).isNotNull();
    assertThat(statuses(progress)).containsOnlyKeys(A, B, id("sby", "a"));
    assertThat(progress.count(TableStatus.COMPLETED)).isEqualTo(3);
    assertThat(progress.tables()).allSatisfy(this::hasTimesAndCounts);
    assertThat(server.control.awaitNotified(1)).containsExactly(progress);
    assertThat(server.control.archived().getLast().progress()).isEqualTo(progress);
    assertThat(server.latest().describe().getTypedSearchAttributes().get(SearchAttributes.STATUS))
        .isEqualTo("completed");
  }

  @Test
  void tellsTheActivityTheConstantsOfItsSource() {
    server.control.source("lmp", tables("lmp", "a"));

    server.run(Batches.of("lmp"));

    TableTask task = server.tables.started().getFirst();
    assertThat(task.spec().constants()).isEqualTo(Map.of("branch", "lmp"));
    assertThat(task.targetConnection()).isEqualTo("dashboard");
    assertThat(task.generation()).isEqualTo(1);
  }

  @Test
  void aFailingTableStopsNoOther() {
    server.control.source("lmp", tables("lmp", "a", "b", "c"));
    server.tables.fail("a", NO_KEY);

    server.begin(Batches.of("lmp"));

    assertThat(server.status()).isEqualTo(WORKFLOW_EXECUTION_STATUS_FAILED);
    assertThat(server.failure())
        .contains("1 of 3 tables failed: lmp.public.a (The table has no key.)")
        .contains("BATCH_FAILED");
    BatchProgress progress = server.progress();
    assertThat(progress.count(TableStatus.COMPLETED)).isEqualTo(2);
    TableProgress failed = row(progress, A);
    assertThat(failed.error()).isEqualTo(NO_KEY);
    assertThat(failed.retries()).isEqualTo(4);
    assertThat(server.control.awaitNotified(1)).hasSize(1);
  }

  @Test
  void aTableThatCannotBeSyncedAsConfiguredFailsWithoutBeingStarted() {
    server.control.source("lmp", List.of(new PlannedTable(A, "a", 1, NO_KEY)));

    BatchProgress progress = server.run(Batches.of("lmp"));

    assertThat(row(progress, A).error()).isEqualTo(NO_KEY);
    assertThat(server.tables.started()).isEmpty();
  }

  @Test
  void theLastKnownTablesOfASourceThatIsOfflineFail() {
    server.control.source("lmp", tables("lmp", "a"));
    server.control.offline("sby", UNREACHABLE);
    server.control.lastKnown("sby", tables("sby", "a", "b"));

    BatchProgress progress = server.run(Batches.of("lmp", "sby"));

    assertThat(statuses(progress))
        .isEqualTo(
            Map.of(
                A,
                TableStatus.COMPLETED,
                id("sby", "a"),
                TableStatus.FAILED,
                id("sby", "b"),
                TableStatus.FAILED));
    assertThat(row(progress, id("sby", "b")).error()).isEqualTo(UNREACHABLE);
  }

  @Test
  void aSourceThatIsOfflineAndWasNeverSeenFailsAsOneRow() {
    server.control.offline("sby", UNREACHABLE);

    BatchProgress progress = server.run(Batches.of("sby"));

    assertThat(progress.planned()).isTrue();
    assertThat(statuses(progress))
        .isEqualTo(Map.of(new TableId("sby", "", "*"), TableStatus.FAILED));
  }

  @Test
  void aBatchThatMatchesNoTableFailsAndSaysSo() {
    server.begin(Batches.of("lmp"));

    assertThat(server.status()).isEqualTo(WORKFLOW_EXECUTION_STATUS_FAILED);
    assertThat(server.failure()).contains("no source has a table that matches");
  }

  @Test
  void startsNeverMoreTablesThanItsBoundsAllow() {
    server.control.source("lmp", tables("lmp", 12));
    server.control.source("sby", tables("sby", 12));
    server.control.source("jkt", tables("jkt", 12));
    server.tables.takes(Duration.ofMillis(20));

    BatchProgress progress = server.run(Batches.of(5, 2, "lmp", "sby", "jkt"));

    assertThat(progress.count(TableStatus.COMPLETED)).isEqualTo(36);
    assertThat(server.tables.mostRunning("*")).isBetween(2, 5);
    for (String source : List.of("lmp", "sby", "jkt")) {
      assertThat(server.tables.mostRunning(source)).isBetween(1, 2);
    }
  }

  @Test
  void isFairBetweenSources() {
    server.control.source("lmp", tables("lmp", "a", "b", "c"));
    server.control.source("sby", List.of(new PlannedTable(id("sby", "z"), "z", 1, null)));
    List.of("a", "b", "c", "z").forEach(server.tables::hold);

    server.begin(Batches.of(2, 2, "lmp", "sby"));

    // Whichever plan came first took two places at most; the next free one goes to the other.
    server.tables.release("a");
    server.tables.release("b");
    server.await(id("sby", "z"), TableStatus.IN_PROGRESS);
    server.tables.release("c");
    server.tables.release("z");
    assertThat(server.end().status()).isEqualTo(BatchStatus.COMPLETED);
  }

  @Test
  void pausesAfterTheChunksInFlightAndGoesOnWhenResumed() {
    server.control.source("lmp", tables("lmp", "a", "b", "c"));
    server.tables.hold("a");
    server.tables.hold("b");
    SyncBatchWorkflow batch = server.begin(Batches.of("lmp"));
    server.await(B, TableStatus.IN_PROGRESS);

    batch.pause();
    server.await(A, TableStatus.PENDING);
    server.await(B, TableStatus.PENDING);

    assertThat(server.progress().paused()).isTrue();
    assertThat(row(server.progress(), A).counts()).isEqualTo(new RowCounts(5, 5, 0, 0));
    assertThat(server.tables.starts("c")).isZero();
    server.tables.release("a");
    server.tables.release("b");
    batch.resume();
    BatchProgress progress = server.end();
    assertThat(progress.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(row(progress, A).retries()).as("those before the pause count").isEqualTo(1);
    assertThat(server.tables.started().stream().filter(task -> task.source().equals(A)))
        .extracting(TableTask::generation)
        .containsExactly(1, 2);
  }

  @Test
  void pausesOneTableWhileItsSiblingsGoOn() {
    server.control.source("lmp", tables("lmp", "a", "b"));
    server.tables.hold("a");
    SyncBatchWorkflow batch = server.begin(Batches.of("lmp"));
    server.await(A, TableStatus.IN_PROGRESS);

    batch.pauseTable(A);
    server.await(A, TableStatus.PENDING);
    server.await(B, TableStatus.COMPLETED);

    assertThat(row(server.progress(), A).paused()).isTrue();
    assertThat(server.progress().status()).isEqualTo(BatchStatus.RUNNING);
    server.tables.release("a");
    batch.resumeTable(A);
    assertThat(server.end().status()).isEqualTo(BatchStatus.COMPLETED);
  }

  @Test
  void aTableThatWaitsForItsSliceTakesNoPlaceFromOthers() {
    server.control.source("lmp", tables("lmp", "a", "b", "c"));
    server.tables.occupy("a");

    server.begin(Batches.of(1, 1, "lmp"));

    server.await(id("lmp", "c"), TableStatus.COMPLETED);
    server.await(B, TableStatus.COMPLETED);
    await().until(() -> server.tables.waits("a"));
    assertThat(row(server.progress(), A).status()).isEqualTo(TableStatus.PENDING);
    assertThat(server.tables.starts("a")).as("it comes back when told to").isEqualTo(1);
    server.tables.free("a");
    BatchProgress progress = server.end();
    assertThat(progress.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(row(progress, A).retries()).isZero();
    assertThat(server.tables.starts("a")).isEqualTo(2);
  }

  @Test
  void aTableThatWaitsForItsSliceCanBeSkippedAndPaused() {
    server.control.source("lmp", tables("lmp", "a", "b"));
    server.tables.occupy("a");
    server.tables.occupy("b");
    SyncBatchWorkflow batch = server.begin(Batches.of("lmp"));
    await().until(() -> server.tables.waits("a") && server.tables.waits("b"));

    batch.pauseTable(B);
    batch.skipTable(A);
    server.tables.free("b");
    batch.resumeTable(B);

    assertThat(statuses(server.end()))
        .isEqualTo(Map.of(A, TableStatus.SKIPPED, B, TableStatus.COMPLETED));
  }

  @Test
  void canBeInterruptedWhileItsTablesWaitForTheirSlices() {
    server.control.source("lmp", tables("lmp", "a"));
    server.tables.occupy("a");
    SyncBatchWorkflow batch = server.begin(Batches.of("lmp"));
    await().until(() -> server.tables.waits("a"));

    batch.interrupt("enough");

    assertThat(server.status()).isEqualTo(WORKFLOW_EXECUTION_STATUS_CANCELED);
    assertThat(row(server.progress(), A).status()).isEqualTo(TableStatus.PENDING);
  }

  @Test
  void skipsATableInFlight() {
    server.control.source("lmp", tables("lmp", "a", "b"));
    server.tables.hold("a");
    SyncBatchWorkflow batch = server.begin(Batches.of("lmp"));
    server.await(A, TableStatus.IN_PROGRESS);

    batch.skipTable(A);

    BatchProgress progress = server.end();
    assertThat(progress.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(statuses(progress))
        .isEqualTo(Map.of(A, TableStatus.SKIPPED, B, TableStatus.COMPLETED));
    assertThat(row(progress, A).counts().read()).isEqualTo(5);
  }

  @Test
  void completesWhenItsOnlyFailedTableIsSkipped() {
    server.control.source("lmp", tables("lmp", "a", "b"));
    server.tables.fail("a", NO_KEY);
    server.tables.hold("b");
    SyncBatchWorkflow batch = server.begin(Batches.of("lmp"));
    server.await(A, TableStatus.FAILED);

    batch.skipTable(A);
    server.tables.release("b");

    assertThat(server.status()).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
  }

  @Test
  void retriesAFailedTableWhileItsSiblingsRun() {
    server.control.source("lmp", tables("lmp", "a", "b"));
    server.tables.fail("a", NO_KEY);
    server.tables.hold("b");
    SyncBatchWorkflow batch = server.begin(Batches.of("lmp"));
    server.await(A, TableStatus.FAILED);

    server.tables.mend("a");
    batch.retryTable(A);
    server.await(A, TableStatus.COMPLETED);
    server.tables.release("b");

    assertThat(server.end().status()).isEqualTo(BatchStatus.COMPLETED);
  }

  @Test
  void retriesATableWhenOnlyTheArchiveIsStillWrittenTo() {
    server.control.source("lmp", tables("lmp", "a", "b"));
    server.control.holdArchive();
    server.tables.fail("a", NO_KEY);
    SyncBatchWorkflow batch = server.begin(Batches.of("lmp"));
    server.await(A, TableStatus.FAILED);
    server.await(B, TableStatus.COMPLETED);

    server.tables.mend("a");
    batch.retryTable(A);
    server.control.releaseArchive();

    assertThat(statuses(server.end()))
        .isEqualTo(Map.of(A, TableStatus.COMPLETED, B, TableStatus.COMPLETED));
  }

  @Test
  void interruptsForNoReason() {
    server.control.source("lmp", tables("lmp", "a"));
    server.tables.hold("a");
    SyncBatchWorkflow batch = server.begin(Batches.of("lmp"));
    server.await(A, TableStatus.IN_PROGRESS);

    WorkflowStub.fromTyped(batch).update("interrupt", Void.class, (Object) null);

    assertThat(server.end().status()).isEqualTo(BatchStatus.INTERRUPTED);
  }

  @Test
  void retriesASourceThatCameBackWhileOthersRun() {
    server.control.source("lmp", tables("lmp", "a"));
    server.control.offline("sby", UNREACHABLE);
    server.tables.hold("a");
    SyncBatchWorkflow batch = server.begin(Batches.of("lmp", "sby"));
    TableId wholeSource = new TableId("sby", "", "*");
    server.await(wholeSource, TableStatus.FAILED);

    server.control.source("sby", tables("sby", "b"));
    batch.retryTable(wholeSource);
    server.await(id("sby", "b"), TableStatus.COMPLETED);
    server.tables.release("a");

    assertThat(statuses(server.end()))
        .isEqualTo(Map.of(A, TableStatus.COMPLETED, id("sby", "b"), TableStatus.COMPLETED));
  }

  @Test
  void closesAsCanceledWhenInterrupted() {
    server.control.source("lmp", tables("lmp", "a", "b", "c"));
    server.tables.hold("a");
    SyncBatchWorkflow batch = server.begin(Batches.of("lmp"));
    server.await(A, TableStatus.IN_PROGRESS);

    batch.interrupt("maintenance tonight");

    assertThat(server.status()).isEqualTo(WORKFLOW_EXECUTION_STATUS_CANCELED);
    BatchProgress progress = server.progress();
    assertThat(progress.status()).isEqualTo(BatchStatus.INTERRUPTED);
    assertThat(progress.interruption()).isEqualTo("maintenance tonight");
    assertThat(row(progress, A).status()).isEqualTo(TableStatus.PENDING);
    assertThat(server.control.archived().getLast().progress()).isEqualTo(progress);
    assertThat(server.control.awaitNotified(1)).containsExactly(progress);
    assertThat(server.latest().describe().getTypedSearchAttributes().get(SearchAttributes.STATUS))
        .isEqualTo("interrupted");
  }

  @Test
  void isInterruptedByTemporalsOwnCancelToo() {
    server.control.source("lmp", tables("lmp", "a"));
    server.tables.hold("a");
    server.begin(Batches.of("lmp"));
    server.await(A, TableStatus.IN_PROGRESS);

    server.latest().cancel();

    assertThat(server.status()).isEqualTo(WORKFLOW_EXECUTION_STATUS_CANCELED);
    assertThat(server.progress().status()).isEqualTo(BatchStatus.INTERRUPTED);
    assertThat(server.control.archived().getLast().progress().status())
        .isEqualTo(BatchStatus.INTERRUPTED);
  }

  @Test
  void canBeInterruptedWhilePaused() {
    server.control.source("lmp", tables("lmp", "a"));
    server.tables.hold("a");
    SyncBatchWorkflow batch = server.begin(Batches.of("lmp"));
    server.await(A, TableStatus.IN_PROGRESS);
    batch.pause();

    batch.interrupt("enough");

    assertThat(server.status()).isEqualTo(WORKFLOW_EXECUTION_STATUS_CANCELED);
  }

  @Test
  void aResumedBatchSkipsWhatCompletedAndTriesTheRestAgain() {
    server.control.source("lmp", tables("lmp", "a", "b", "c"));
    server.control.offline("sby", UNREACHABLE);
    server.tables.fail("b", NO_KEY);
    BatchInput first = Batches.of("lmp", "sby");
    BatchProgress before = server.run(first);
    assertThat(before.count(TableStatus.FAILED)).isEqualTo(2);

    server.tables.mend("b");
    server.control.source("sby", tables("sby", "d"));
    server.control.source("lmp", tables("lmp", "a", "b", "c", "appeared"));
    BatchProgress after = server.run(Batches.resumed(first, before));

    assertThat(after.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(after.startedAt()).isEqualTo(before.startedAt());
    assertThat(statuses(after)).containsOnlyKeys(A, B, id("lmp", "c"), id("sby", "d"));
    assertThat(server.tables.starts("a")).isEqualTo(1);
    assertThat(server.tables.starts("b")).isEqualTo(2);
  }

  @Test
  void aResumedBatchPlansASourceOfWhichItKnewOnlyThePast() {
    server.control.offline("sby", UNREACHABLE);
    server.control.lastKnown("sby", tables("sby", "a", "b"));
    BatchInput first = Batches.of("sby");
    BatchProgress before = server.run(first);
    assertThat(before.count(TableStatus.FAILED)).isEqualTo(2);

    server.control.source("sby", tables("sby", "b", "c"));
    BatchProgress after = server.run(Batches.resumed(first, before));

    assertThat(statuses(after))
        .isEqualTo(
            Map.of(id("sby", "b"), TableStatus.COMPLETED, id("sby", "c"), TableStatus.COMPLETED));
  }

  @Test
  void aPlanOnResumeLeavesTablesAsTheyAre() {
    TableId missing = id("lmp", "missing");
    server.control.source(
        "lmp",
        List.of(
            new PlannedTable(A, "a", 2, null), new PlannedTable(missing, "missing", 1, NO_KEY)));
    BatchInput first = Batches.of("lmp");
    BatchProgress before = server.run(first);
    assertThat(row(before, missing).status()).isEqualTo(TableStatus.FAILED);

    server.control.source("lmp", tables("lmp", "a", "missing"));
    BatchProgress after = server.run(Batches.resumed(first, before));

    assertThat(after.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(row(after, missing).status()).isEqualTo(TableStatus.COMPLETED);
    assertThat(row(after, A)).isEqualTo(row(before, A));
    assertThat(server.tables.starts("a")).isEqualTo(1);
  }

  @Test
  void aTableKeepsTheSettingsThatItsPlanFoundWhenResumed() {
    server.control.source(
        "lmp",
        List.of(
            new PlannedTable(A, "a", 3, null, "Lines"),
            new PlannedTable(B, "b", 2, null, ""),
            new PlannedTable(id("lmp", "c"), "c", 1, null, "c")));
    server.tables.fail("a", NO_KEY);
    server.tables.fail("b", NO_KEY);
    BatchInput first =
        Batches.of(Map.of("Lines", chunks(1), "b", chunks(2), "c", chunks(3)), "lmp");
    BatchProgress before = server.run(first);
    server.tables.mend("a");
    server.tables.mend("b");
    BatchProgress after = server.run(Batches.resumed(first, before));

    assertThat(after.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(server.tables.started())
        .allSatisfy(
            task ->
                assertThat(task.spec().chunkRows())
                    .isEqualTo(
                        switch (task.source().table()) {
                          case "a" -> 1;
                          case "b" -> TableSpec.DEFAULT_CHUNK_ROWS;
                          default -> 3;
                        }))
        .hasSize(5);
    // The archive has no rows' settings of its own, but the spec with them.
    BatchSpec archived = server.control.archived().getLast().spec();
    assertThat(archived.tableSpec(A).chunkRows()).isEqualTo(1);
  }

  private static TableSpec chunks(int rows) {
    return new TableSpec(null, List.of(), List.of(), List.of(), Map.of(), Map.of(), rows);
  }

  @Test
  void losesNoSyncWithItsArchive() {
    server.control.source("lmp", tables("lmp", "a", "b"));
    server.control.offline("sby", UNREACHABLE);
    server.control.archiveDown();

    BatchProgress progress = server.run(Batches.of("lmp", "sby"));

    assertThat(progress.count(TableStatus.COMPLETED)).isEqualTo(2);
    assertThat(server.control.awaitNotified(1)).hasSize(1);
  }

  @Test
  void archivesNowAndThenRatherThanAfterEachTable() {
    server.control.source("lmp", tables("lmp", 60));

    server.run(Batches.of("lmp"));

    assertThat(server.control.archived()).hasSizeBetween(2, 8);
    await().until(() -> server.control.archived().getLast().progress().endedAt() != null);
  }

  private void hasTimesAndCounts(TableProgress table) {
    assertThat(table.startedAt()).isNotNull();
    assertThat(table.endedAt()).isNotNull();
    assertThat(table.counts()).isEqualTo(new RowCounts(10, 7, 2, 1));
  }

  private static TableProgress row(BatchProgress progress, TableId table) {
    return progress.tables().stream()
        .filter(row -> row.table().equals(table))
        .findFirst()
        .orElseThrow();
  }

  private static Map<TableId, TableStatus> statuses(BatchProgress progress) {
    return progress.tables().stream()
        .collect(Collectors.toMap(TableProgress::table, TableProgress::status));
  }
}
