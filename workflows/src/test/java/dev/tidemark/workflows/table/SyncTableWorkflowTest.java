package dev.tidemark.workflows.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidemark.workflows.SearchAttributes;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SyncTableWorkflowTest {

  private static final TableId A = new TableId("lmp", "public", "a");
  private static final ErrorDetail NO_KEY = new ErrorDetail("NO_KEY", "no key", "Name one.");

  private TestWorkflowEnvironment environment;
  private FakeTables tables;
  private SyncTableWorkflow workflow;

  @BeforeEach
  void start() {
    TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder();
    SearchAttributes.ALL.forEach(
        key -> options.registerSearchAttribute(key.getName(), key.getValueType()));
    environment = TestWorkflowEnvironment.newInstance(options.build());
    tables = new FakeTables();
    Worker worker =
        environment.newWorker(
            "test",
            WorkerOptions.newBuilder()
                .setMaxHeartbeatThrottleInterval(Duration.ofMillis(20))
                .setDefaultHeartbeatThrottleInterval(Duration.ofMillis(20))
                .build());
    worker.registerWorkflowImplementationTypes(SyncTableWorkflowImpl.class);
    worker.registerActivitiesImplementations(tables);
    environment.start();
    workflow =
        environment
            .getWorkflowClient()
            .newWorkflowStub(
                SyncTableWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(SyncTableWorkflow.workflowId("lmp", "a"))
                    .setTaskQueue("test")
                    .build());
  }

  @AfterEach
  void stop() {
    environment.close();
  }

  @Test
  void completesWithWhatItCopied() {
    TableProgress progress = workflow.run(task());

    assertThat(progress.status()).isEqualTo(TableStatus.COMPLETED);
    assertThat(progress.counts()).isEqualTo(new RowCounts(10, 7, 2, 1));
    assertThat(workflow.progress()).isEqualTo(progress);
  }

  @Test
  void failsAsItsTableFails() {
    tables.fail("a", NO_KEY);

    assertThatThrownBy(() -> workflow.run(task()))
        .isInstanceOf(WorkflowFailedException.class)
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo("NO_KEY");
              assertThat(failure.getDetails().get(0, ErrorDetail.class)).isEqualTo(NO_KEY);
            });
    assertThat(workflow.progress().status()).isEqualTo(TableStatus.FAILED);
    assertThat(workflow.progress().retries()).isEqualTo(4);
  }

  @Test
  void isCanceledAfterTheChunkInFlight() {
    tables.hold("a");
    WorkflowClient.start(workflow::run, task());
    await().until(() -> tables.starts("a") == 1);
    WorkflowStub stub = WorkflowStub.fromTyped(workflow);

    stub.cancel();

    assertThatThrownBy(() -> stub.getResult(TableProgress.class))
        .isInstanceOf(WorkflowFailedException.class);
    assertThat(stub.describe().getStatus())
        .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
    assertThat(stub.describe().getTypedSearchAttributes().get(SearchAttributes.KIND))
        .isEqualTo("table");
    assertThat(workflow.progress().counts().read()).isEqualTo(5);
  }

  private static TableTask task() {
    return new TableTask(
        A,
        "dashboard",
        "a",
        TableSpec.DEFAULT.withSourceConstants(Map.of("branch", "lmp")),
        RetrySpec.DEFAULT,
        WhenBusy.WAIT,
        true,
        0,
        1);
  }
}
