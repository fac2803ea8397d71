package dev.tidemark.workflows.verification;

import static dev.tidemark.workflows.batch.Batches.tables;
import static dev.tidemark.workflows.verification.VerificationServer.input;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.batch.Batches;
import dev.tidemark.workflows.batch.FakeControl;
import dev.tidemark.workflows.table.TableStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VerifyWorkflowTest {

  private static final Findings DIFFERS =
      new Findings(
          10, 9, 1, 0, 1, List.of(new DifferingKey(List.of("7"), "different", List.of("name"))));

  private final VerificationServer server = new VerificationServer();
  private final FakeVerifications tables = server.tables;
  private final FakeControl control = server.control;
  private final VerifyWorkflow workflow = server.workflow;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void comparesEveryTableOfEverySource() {
    control.source("lmp", tables("lmp", "a", "b"));
    control.source("sby", tables("sby", "c"));
    tables.finds("b", DIFFERS);
    VerificationReport report = workflow.run(input(100, "lmp", "sby"));
    assertThat(report.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(report.equal()).isFalse();
    assertThat(report.tables())
        .extracting(table -> table.table().table())
        .containsExactlyInAnyOrder("a", "b", "c");
    assertThat(report.tables())
        .filteredOn(table -> table.table().table().equals("b"))
        .singleElement()
        .extracting(VerifiedTable::findings)
        .isEqualTo(DIFFERS);
    assertThat(tables.tasks().getFirst().table().spec().constants())
        .isEqualTo(Map.of("branch", tables.tasks().getFirst().table().source().connection()));
    assertThat(workflow.progress()).isEqualTo(report);
  }

  @Test
  void isEqualOnlyWhenNothingDiffers() {
    control.source("lmp", tables("lmp", "a", "b"));
    assertThat(workflow.run(input(100, "lmp")).equal()).isTrue();
  }

  @Test
  void comparesOnlyAsManyTablesAtOnceAsABatchWould() {
    control.source("lmp", tables("lmp", 6));
    control.source("sby", tables("sby", 6));
    tables.close();
    WorkflowClient.start(workflow::run, input(Batches.of(3, 2, "lmp", "sby").spec(), 100));
    Awaitility.await().until(() -> tables.running() == 3);
    tables.open();
    VerificationReport report =
        WorkflowStub.fromTyped(workflow).getResult(VerificationReport.class);
    assertThat(report.count(TableStatus.COMPLETED)).isEqualTo(12);
    assertThat(tables.mostAtOnce()).isEqualTo(3);
  }

  @Test
  void failsWhenATableCannotBeComparedAndStillTellsOfTheOthers() {
    control.source("lmp", tables("lmp", "a", "b"));
    control.offline("sby", Batches.UNREACHABLE);
    tables.fails("a", Batches.NO_KEY);
    tables.finds("b", DIFFERS);
    assertThatThrownBy(() -> workflow.run(input(100, "lmp", "sby")))
        .isInstanceOf(WorkflowFailedException.class)
        .hasStackTraceContaining("2 tables could not be compared.");
    VerificationReport report = workflow.progress();
    assertThat(report.status()).isEqualTo(BatchStatus.FAILED);
    assertThat(report.tables())
        .filteredOn(table -> table.status() == TableStatus.FAILED)
        .extracting(VerifiedTable::error)
        .containsExactlyInAnyOrder(Batches.NO_KEY, Batches.UNREACHABLE);
    assertThat(report.tables()).extracting(VerifiedTable::findings).contains(DIFFERS);
  }

  /** A report of a thousand tables that all differ must not outgrow what Temporal carries. */
  @Test
  void namesKeysOfAllTablesTogetherUpToABound() {
    control.source("lmp", tables("lmp", "a", "b", "c"));
    tables.finds("a", DIFFERS);
    VerificationReport report =
        workflow.run(input(Batches.of(1, 1, "lmp").spec(), VerificationInput.MOST_KEYS));
    assertThat(report.count(TableStatus.COMPLETED)).isEqualTo(3);
    assertThat(tables.tasks())
        .extracting(VerificationTask::limit)
        .containsExactly(
            VerificationInput.MOST_KEYS,
            VerificationInput.MOST_KEYS - 1,
            VerificationInput.MOST_KEYS - 1);
  }

  @Test
  void closesAsCanceledAfterItsTablesHaveLeft() {
    control.source("lmp", tables("lmp", "a", "b"));
    tables.close();
    WorkflowClient.start(workflow::run, input(100, "lmp"));
    Awaitility.await().until(() -> tables.running() == 2);
    WorkflowStub stub = WorkflowStub.fromTyped(workflow);
    stub.cancel();
    assertThatThrownBy(() -> stub.getResult(VerificationReport.class))
        .hasCauseInstanceOf(CanceledFailure.class);
    assertThat(tables.running()).isZero();
    assertThat(workflow.progress().status()).isEqualTo(BatchStatus.INTERRUPTED);
  }
}
