package dev.tidemark.workflows.schedule;

import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED;
import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.workflows.SearchAttributes;
import dev.tidemark.workflows.batch.BatchOptions;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.batch.Batches;
import dev.tidemark.workflows.table.ErrorDetail;
import io.temporal.client.WorkflowFailedException;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScheduledBatchWorkflowTest {

  private final ScheduleServer server = new ScheduleServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void runsABatchOfItsOwnIdAndLastsAsLong() {
    server.beginAndHold();
    assertThat(server.batchId()).matches("sync_\\d{8}_\\d{6}_[A-Za-z0-9]{8}");
    assertThat(server.control.archived().getFirst().options())
        .isEqualTo(new BatchOptions(List.of("lmp"), List.of(), "schedule nightly"));
    assertThat(server.run().describe().getMemo("batchId", String.class))
        .isEqualTo(server.batchId());
    assertThat(server.run().describe().getCloseTime()).isNull();

    server.tables.release("a");

    assertThat(server.run().getResult(ScheduledBatchEnd.class))
        .isEqualTo(new ScheduledBatchEnd(server.batchId(), BatchStatus.COMPLETED));
    assertThat(server.control.awaitNotified(1)).hasSize(1);
  }

  @Test
  void failsAsItsBatchDoes() {
    server.tables.fail("a", Batches.NO_KEY);
    server.begin();

    assertThat(server.status(ScheduleServer.ID)).isEqualTo(WORKFLOW_EXECUTION_STATUS_FAILED);
    assertThat(failure().getType()).isEqualTo("BATCH_FAILED");
    assertThat(failure().getOriginalMessage()).contains("The table has no key");
    assertThat(server.status(server.batchId())).isEqualTo(WORKFLOW_EXECUTION_STATUS_FAILED);
  }

  @Test
  void failsWithoutABatchWhenTheConfigurationHasNone() {
    server.forget();
    server.begin();

    assertThat(server.status(ScheduleServer.ID)).isEqualTo(WORKFLOW_EXECUTION_STATUS_FAILED);
    assertThat(failure().getType()).isEqualTo("BATCH_NOT_CONFIGURED");
    assertThat(server.control.archived()).isEmpty();
  }

  @Test
  void tellsOfARunThatNeverGotABatch() {
    server.forget();
    server.begin();

    assertThat(server.status(ScheduleServer.ID)).isEqualTo(WORKFLOW_EXECUTION_STATUS_FAILED);
    assertThat(server.asked()).as("how often the batch was looked for").isEqualTo(14);
    server.control.awaitNotified(1);
    assertThat(server.control.told())
        .singleElement()
        .satisfies(
            ended -> {
              assertThat(ended.progress().batchId()).isEqualTo(ScheduleServer.ID);
              assertThat(ended.progress().name()).isEqualTo("branches");
              assertThat(ended.progress().status()).isEqualTo(BatchStatus.FAILED);
              assertThat(ended.error())
                  .isEqualTo(
                      new ErrorDetail("BATCH_NOT_CONFIGURED", "There is no batch.", "Add it."));
            });
  }

  @Test
  void aBatchThatComesWithADeploymentIsWaitedFor() {
    server.forgetFor(10);
    server.begin();

    assertThat(server.status(ScheduleServer.ID)).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
    assertThat(server.control.awaitNotified(1))
        .singleElement()
        .satisfies(end -> assertThat(end.batchId()).isEqualTo(server.batchId()));
  }

  @Test
  void cancelingItInterruptsTheBatch() {
    server.beginAndHold();

    server.run().cancel();

    assertThat(server.status(ScheduleServer.ID)).isEqualTo(WORKFLOW_EXECUTION_STATUS_CANCELED);
    assertThat(server.status(server.batchId())).isEqualTo(WORKFLOW_EXECUTION_STATUS_CANCELED);
    assertThat(server.control.awaitNotified(1))
        .singleElement()
        .satisfies(end -> assertThat(end.status()).isEqualTo(BatchStatus.INTERRUPTED));
  }

  @Test
  void aBatchThatSomebodyInterruptsIsNoFailure() {
    server.beginAndHold();

    server.batch().interrupt("lunch");

    assertThat(server.status(ScheduleServer.ID)).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
    assertThat(server.run().getResult(ScheduledBatchEnd.class).status())
        .isEqualTo(BatchStatus.INTERRUPTED);
    assertThat(server.run().describe().getTypedSearchAttributes().get(SearchAttributes.STATUS))
        .isEqualTo("interrupted");
  }

  private ApplicationFailure failure() {
    WorkflowFailedException failed =
        catchThrowableOfType(
            WorkflowFailedException.class,
            () -> {
              var ignored = server.run().getResult(ScheduledBatchEnd.class);
            });
    return (ApplicationFailure) Objects.requireNonNull(failed.getCause());
  }
}
