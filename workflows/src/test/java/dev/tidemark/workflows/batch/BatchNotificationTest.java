package dev.tidemark.workflows.batch;

import static dev.tidemark.workflows.batch.Batches.tables;
import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.workflows.notification.EndedRun;
import dev.tidemark.workflows.notification.NotificationRuns;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowStub;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A batch lets people be told, and does not wait until they were. */
class BatchNotificationTest {

  @Test
  void theRunClosesAtOnceWhileAReceiverHangs() {
    try (BatchServer server = BatchServer.start()) {
      server.control.source("lmp", tables("lmp", "a"));
      server.control.receiverHangs(true);

      server.begin(Batches.of("lmp"));

      assertThat(server.status()).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
      assertThat(server.control.notified()).isEmpty();
      server.control.receiverHangs(false);
      assertThat(server.control.awaitNotified(1)).containsExactly(server.progress());
    }
  }

  @Test
  void anEndIsToldOnceThoughTheTaskThatLetsItBeToldIsLost() {
    LostTask lost = new LostTask();
    WorkerFactoryOptions losing =
        WorkerFactoryOptions.newBuilder()
            .setWorkerInterceptors(lost)
            // What comes after each answer is told again from the history's beginning.
            .setWorkflowCacheSize(0)
            .build();
    try (BatchServer server = new BatchServer(SyncBatchWorkflowImpl.class, losing)) {
      server.control.source("lmp", tables("lmp", "a"));

      server.begin(Batches.of("lmp"));

      // Who waits for a result lets time pass, and a task that is lost waits for no timer.
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> server.latest().describe().getStatus() == WORKFLOW_EXECUTION_STATUS_COMPLETED);
      assertThat(lost.starts).as("how often the code came there").hasValueGreaterThan(1);
      EndedRun ended = toldOnce(server);
      WorkflowStub notification =
          server.client().newUntypedWorkflowStub(NotificationRuns.id(ended));
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> notification.describe().getStatus() == WORKFLOW_EXECUTION_STATUS_COMPLETED);
      assertThat(server.control.told()).hasSize(1);
    }
  }

  @Test
  void theEndOfAResumedRunIsToldForItself() {
    try (BatchServer server = BatchServer.start()) {
      server.control.source("lmp", tables("lmp", "a"));
      server.tables.fail("a", Batches.NO_KEY);
      BatchInput first = Batches.of("lmp");
      BatchProgress before = server.run(first);
      assertThat(server.latest().describe().getStatus())
          .isEqualTo(WORKFLOW_EXECUTION_STATUS_FAILED);
      server.control.awaitNotified(1);
      server.tables.mend("a");

      server.run(Batches.resumed(first, before));

      server.control.awaitNotified(2);
      assertThat(server.control.told())
          .extracting(ended -> ended.progress().status())
          .containsExactly(BatchStatus.FAILED, BatchStatus.COMPLETED);
      assertThat(server.control.told()).extracting(EndedRun::runId).doesNotHaveDuplicates();
    }
  }

  /** The only end that was told, by the only workflow that the run has started for it. */
  private static EndedRun toldOnce(BatchServer server) {
    server.control.awaitNotified(1);
    WorkflowStub batch = server.latest();
    List<HistoryEvent> starts =
        server.history().getEvents().stream()
            .filter(HistoryEvent::hasStartChildWorkflowExecutionInitiatedEventAttributes)
            .toList();
    assertThat(starts).hasSize(1);
    EndedRun ended = server.control.told().getFirst();
    assertThat(ended.runId()).isEqualTo(batch.describe().getExecution().getRunId());
    return ended;
  }
}
