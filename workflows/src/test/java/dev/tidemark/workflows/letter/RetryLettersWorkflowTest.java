package dev.tidemark.workflows.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidemark.workflows.SearchAttributes;
import dev.tidemark.workflows.table.BusySlice;
import dev.tidemark.workflows.table.ErrorDetail;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetryLettersWorkflowTest {

  private static final BusySlice BUSY = new BusySlice("orders", "branch=lmp", "sync_1");

  private final LetterServer server = new LetterServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tellsWhatBecameOfTheLetters() {
    server.letters.answers(new LetterResult(3, 1, 2, null));
    assertThat(server.workflow.run(LetterServer.TASK)).isEqualTo(new LetterResult(3, 1, 2, null));
    assertThat(server.workflow.progress()).isEqualTo(new LetterResult(3, 1, 2, null));
    assertThat(
            WorkflowStub.fromTyped(server.workflow)
                .describe()
                .getTypedSearchAttributes()
                .get(SearchAttributes.KIND))
        .isEqualTo("letters");
  }

  @Test
  void waitsForASliceThatIsBusyAndCountsNoLetterTwice() {
    server.letters.occupy();
    server.letters.answers(new LetterResult(3, 0, 2, BUSY), new LetterResult(1, 1, 2, null));
    WorkflowStub stub = WorkflowStub.fromTyped(server.workflow);
    WorkflowClient.start(server.workflow::run, LetterServer.TASK);
    await().until(() -> !server.letters.waits().isEmpty());
    assertThat(server.workflow.progress().busy()).isEqualTo(BUSY);
    assertThat(server.letters.waits().getFirst().targetConnection()).isEqualTo("dashboard");

    server.letters.free();

    assertThat(stub.getResult(LetterResult.class)).isEqualTo(new LetterResult(4, 1, 2, null));
    assertThat(server.letters.tasks()).extracting(LetterTask::generation).containsExactly(1, 2);
  }

  @Test
  void isCanceledWhileItWaits() {
    server.letters.occupy();
    server.letters.answers(new LetterResult(0, 0, 0, BUSY));
    WorkflowStub stub = WorkflowStub.fromTyped(server.workflow);
    WorkflowClient.start(server.workflow::run, LetterServer.TASK);
    await().until(() -> !server.letters.waits().isEmpty());
    stub.cancel();
    assertThatThrownBy(() -> stub.getResult(LetterResult.class))
        .isInstanceOf(WorkflowFailedException.class);
    assertThat(stub.describe().getStatus())
        .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
  }

  @Test
  void failsAsItsActivityFails() {
    server.letters.fails(new ErrorDetail("NO_KEY", "no key", "Name one."));
    assertThatThrownBy(() -> server.workflow.run(LetterServer.TASK))
        .isInstanceOf(WorkflowFailedException.class)
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class, failure -> assertThat(failure.getType()).isEqualTo("NO_KEY"));
  }
}
