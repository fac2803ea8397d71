package dev.tidemark.workflows.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidemark.workflows.SearchAttributes;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SyncTableWorkflowTest {

  private static final ErrorDetail NO_KEY = new ErrorDetail("NO_KEY", "no key", "Name one.");

  private TableServer server;

  @BeforeEach
  void start() {
    server = new TableServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void completesWithWhatItCopied() {
    TableProgress progress = server.workflow.run(TableServer.task());

    assertThat(progress.status()).isEqualTo(TableStatus.COMPLETED);
    assertThat(progress.counts()).isEqualTo(new RowCounts(10, 7, 2, 1));
    assertThat(server.workflow.progress()).isEqualTo(progress);
  }

  @Test
  void waitsForItsSlice() {
    server.tables.occupy("a");
    WorkflowStub stub = WorkflowStub.fromTyped(server.workflow);
    WorkflowClient.start(server.workflow::run, TableServer.task());
    await().until(() -> server.tables.waits("a"));
    assertThat(server.workflow.progress().status()).isEqualTo(TableStatus.PENDING);

    server.tables.hold("a");
    server.tables.free("a");
    await().until(() -> server.tables.starts("a") == 2);
    assertThat(server.workflow.progress().status()).isEqualTo(TableStatus.IN_PROGRESS);
    server.tables.release("a");

    assertThat(stub.getResult(TableProgress.class).status()).isEqualTo(TableStatus.COMPLETED);
    assertThat(server.tables.started()).extracting(TableTask::generation).containsExactly(1, 2);
  }

  @Test
  void isCanceledWhileItWaitsForItsSlice() {
    server.tables.occupy("a");
    WorkflowStub stub = WorkflowStub.fromTyped(server.workflow);
    WorkflowClient.start(server.workflow::run, TableServer.task());
    await().until(() -> server.tables.waits("a"));

    stub.cancel();

    assertThatThrownBy(() -> stub.getResult(TableProgress.class))
        .isInstanceOf(WorkflowFailedException.class);
    assertThat(stub.describe().getStatus())
        .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
  }

  @Test
  void failsAsItsTableFails() {
    server.tables.fail("a", NO_KEY);

    assertThatThrownBy(() -> server.workflow.run(TableServer.task()))
        .isInstanceOf(WorkflowFailedException.class)
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo("NO_KEY");
              assertThat(failure.getDetails().get(0, ErrorDetail.class)).isEqualTo(NO_KEY);
            });
    assertThat(server.workflow.progress().status()).isEqualTo(TableStatus.FAILED);
    assertThat(server.workflow.progress().retries()).isEqualTo(4);
  }

  @Test
  void isCanceledAfterTheChunkInFlight() {
    WorkflowStub stub = server.beginAndHold();

    stub.cancel();

    assertThatThrownBy(() -> stub.getResult(TableProgress.class))
        .isInstanceOf(WorkflowFailedException.class);
    assertThat(stub.describe().getStatus())
        .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
    assertThat(stub.describe().getTypedSearchAttributes().get(SearchAttributes.KIND))
        .isEqualTo("table");
    assertThat(server.workflow.progress().counts().read()).isEqualTo(5);
  }
}
