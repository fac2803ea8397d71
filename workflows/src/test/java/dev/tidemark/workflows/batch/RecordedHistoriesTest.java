package dev.tidemark.workflows.batch;

import static dev.tidemark.workflows.batch.Batches.id;
import static dev.tidemark.workflows.batch.Batches.tables;

import dev.tidemark.workflows.Histories;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableStatus;
import io.temporal.common.WorkflowExecutionHistory;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replays histories that released code wrote, so that a change which would break running batches
 * fails here. Such a change needs {@code Workflow.getVersion}, and the old history stays.
 *
 * <p>{@code -Dtidemark.record-histories=true} writes those that are missing; one that exists is
 * never overwritten.
 */
class RecordedHistoriesTest {

  private static final TableId A = id("lmp", "a");
  private static final TableId B = id("lmp", "b");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "batch-completed",
        "batch-failed",
        "batch-paused-and-resumed",
        "batch-skipped-and-retried",
        "batch-interrupted",
        "batch-waits-for-slice",
        "batch-resumed",
        "batch-planned-when-resumed",
        "batch-verified",
        "batch-verification-interrupted",
        "batch-retried-while-verified",
        "batch-tells-of-completion",
        "batch-tells-of-failure",
        "batch-tells-of-interruption",
        "batch-in-order",
        "batch-retried-in-order"
      })
  void replays(String name) throws Exception {
    Histories.replay(name, SyncBatchWorkflowImpl.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"batch-continues-as-new", "batch-continued"})
  void replaysRunsThatContinue(String name) throws Exception {
    Histories.replay(name, HastyBatch.class);
  }

  @Test
  void recordsWhatIsMissing() {
    Assumptions.assumeTrue(
        Histories.recording(), "histories are recorded with -Dtidemark.record-histories=true only");
    record("batch-completed", this::completed);
    record("batch-failed", this::failed);
    record("batch-paused-and-resumed", this::pausedAndResumed);
    record("batch-skipped-and-retried", this::skippedAndRetried);
    record("batch-interrupted", this::interrupted);
    record("batch-waits-for-slice", this::waitsForSlice);
    record("batch-resumed", this::resumed);
    record("batch-planned-when-resumed", this::plannedWhenResumed);
    record("batch-verified", this::verified);
    record("batch-verification-interrupted", this::verificationInterrupted);
    record("batch-retried-while-verified", this::retriedWhileVerified);
    record("batch-tells-of-completion", this::completed);
    record("batch-tells-of-failure", this::failed);
    record("batch-tells-of-interruption", this::interrupted);
    record("batch-in-order", this::inOrder);
    record("batch-retried-in-order", this::retriedInOrder);
    Histories.record("batch-continues-as-new", () -> continuedAsNew(true));
    Histories.record("batch-continued", () -> continuedAsNew(false));
  }

  private void completed(BatchServer server) {
    server.control.source("sby", tables("sby", "c"));
    server.run(Batches.of("lmp", "sby"));
  }

  private void failed(BatchServer server) {
    server.tables.fail("a", Batches.NO_KEY);
    server.control.offline("sby", Batches.UNREACHABLE);
    server.run(Batches.of("lmp", "sby"));
  }

  private void pausedAndResumed(BatchServer server) {
    SyncBatchWorkflow batch = begin(server);
    batch.pause();
    server.await(A, TableStatus.PENDING);
    server.tables.release("a");
    batch.resume();
    server.end();
  }

  private void skippedAndRetried(BatchServer server) {
    server.tables.fail("b", Batches.NO_KEY);
    SyncBatchWorkflow batch = begin(server);
    server.await(B, TableStatus.FAILED);
    server.tables.mend("b");
    batch.retryTable(B);
    server.await(B, TableStatus.COMPLETED);
    batch.skipTable(A);
    server.end();
  }

  private void interrupted(BatchServer server) {
    SyncBatchWorkflow batch = begin(server);
    batch.interrupt("maintenance");
    server.end();
  }

  private void waitsForSlice(BatchServer server) {
    server.tables.occupy("a");
    server.begin(Batches.of("lmp"));
    Awaitility.await().until(() -> server.tables.waits("a"));
    server.await(B, TableStatus.COMPLETED);
    server.tables.free("a");
    server.end();
  }

  private void resumed(BatchServer server) {
    server.tables.fail("a", Batches.NO_KEY);
    BatchInput first = Batches.of("lmp");
    BatchProgress before = server.run(first);
    server.tables.mend("a");
    server.run(Batches.resumed(first, before));
  }

  private void inOrder(BatchServer server) {
    server.control.order(new TableOrder(Map.of("a", List.of("b")), List.of()));
    server.run(Batches.of("lmp"));
  }

  private void retriedInOrder(BatchServer server) {
    server.control.order(new TableOrder(Map.of("a", List.of("b")), List.of()));
    server.tables.fail("b", Batches.REFUSED);
    begin(server);
    server.tables.mend("b");
    server.tables.release("a");
    server.end();
  }

  private static SyncBatchWorkflow begin(BatchServer server) {
    server.tables.hold("a");
    SyncBatchWorkflow batch = server.begin(Batches.of("lmp"));
    server.await(A, TableStatus.IN_PROGRESS);
    return batch;
  }

  private void plannedWhenResumed(BatchServer server) {
    server.control.offline("sby", Batches.UNREACHABLE);
    server.control.lastKnown("sby", tables("sby", "c"));
    BatchInput first = Batches.of("lmp", "sby");
    BatchProgress before = server.run(first);
    server.control.source("sby", tables("sby", "c", "d"));
    server.run(Batches.resumed(first, before));
  }

  private void verified(BatchServer server) {
    server.verifications.fails("b", Batches.NO_KEY);
    server.run(BatchVerificationTest.verified("lmp"));
  }

  private void verificationInterrupted(BatchServer server) {
    SyncBatchWorkflow batch = beginToVerify(server);
    batch.interrupt("maintenance");
    server.end();
  }

  private void retriedWhileVerified(BatchServer server) {
    server.tables.fail("b", Batches.NO_KEY);
    SyncBatchWorkflow batch = beginToVerify(server);
    server.tables.mend("b");
    batch.retryTable(B);
    server.verifications.open();
    server.end();
  }

  private static SyncBatchWorkflow beginToVerify(BatchServer server) {
    server.verifications.close();
    SyncBatchWorkflow batch = server.begin(BatchVerificationTest.verified("lmp"));
    Awaitility.await().until(() -> server.verifications.running() > 0);
    return batch;
  }

  private static WorkflowExecutionHistory continuedAsNew(boolean firstRun) {
    try (BatchServer server = new BatchServer(HastyBatch.class)) {
      server.control.source("lmp", tables("lmp", "a", "b"));
      server.tables.hold("b");
      SyncBatchWorkflow batch = begin(server);
      server.await(B, TableStatus.IN_PROGRESS);
      batch.pauseTable(B);
      server.awaitNextRun(batch);
      server.await(A, TableStatus.IN_PROGRESS);
      server.tables.release("a");
      server.tables.release("b");
      server.newest().resumeTable(B);
      server.end();
      return firstRun ? server.history(batch) : server.history();
    }
  }

  private static void record(String name, Consumer<BatchServer> story) {
    Histories.record(
        name,
        () -> {
          try (BatchServer server = BatchServer.start()) {
            server.control.source("lmp", tables("lmp", "a", "b"));
            story.accept(server);
            return server.history();
          }
        });
  }
}
