package dev.tidemark.workflows.batch;

import static dev.tidemark.workflows.batch.Batches.NO_KEY;
import static dev.tidemark.workflows.batch.Batches.id;
import static dev.tidemark.workflows.batch.Batches.tables;
import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED;
import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED;
import static io.temporal.api.enums.v1.WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableStatus;
import dev.tidemark.workflows.verification.Findings;
import dev.tidemark.workflows.verification.VerificationSummary;
import io.temporal.client.WorkflowUpdateException;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batches whose tables are compared once they are done. */
class BatchVerificationTest {

  private static final TableId A = id("lmp", "a");
  private static final TableId B = id("lmp", "b");
  private static final Findings DIFFERS = new Findings(10, 9, 1, 0, 2, List.of());

  private final BatchServer server = BatchServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  static BatchInput verified(String... sources) {
    BatchInput input = Batches.of(sources);
    return BatchInput.first(input.batchId(), input.spec().verified(true), input.options());
  }

  private VerificationSummary summary() {
    return Objects.requireNonNull(server.progress().verification(), "no verification");
  }

  private List<String> compared() {
    return server.verifications.tasks().stream()
        .map(task -> task.table().source().table())
        .distinct()
        .sorted()
        .toList();
  }

  @Test
  void differencesAreToldAndDoNotFailTheBatch() {
    server.control.source("lmp", tables("lmp", "a", "b"));
    server.control.source("sby", tables("sby", "c"));
    server.verifications.finds("b", DIFFERS);

    server.begin(verified("lmp", "sby"));

    assertThat(server.status()).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
    assertThat(summary().id()).startsWith("verify_");
    assertThat(summary().status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(summary().comparedTables()).isEqualTo(3);
    assertThat(summary().differingTables()).isEqualTo(1);
    assertThat(summary().equal()).isFalse();
    assertThat(summary().endedAt()).isNotNull();
    assertThat(summary().tables()).containsExactly(new VerificationSummary.Table(B, 1, 0, 2, null));
    BatchProgress archived = server.control.archived().getLast().progress();
    assertThat(archived.verification()).isEqualTo(summary());
    assertThat(server.control.awaitNotified(1).getLast().verification()).isEqualTo(summary());
  }

  @Test
  void comparesOnlyWhatHasCompleted() {
    server.control.source("lmp", tables("lmp", "a", "b"));
    server.control.source("sby", tables("sby", "c"));
    server.tables.fail("a", NO_KEY);
    server.tables.fail("c", NO_KEY);

    server.begin(verified("lmp", "sby"));

    assertThat(server.status()).isEqualTo(WORKFLOW_EXECUTION_STATUS_FAILED);
    assertThat(compared()).containsExactly("b");
    assertThat(summary().equal()).isTrue();
    assertThat(server.control.planned()).filteredOn("sby"::equals).hasSize(1);
  }

  @Test
  void aTableThatCannotBeComparedHidesNoOther() {
    server.control.source("lmp", tables("lmp", "a", "b"));
    server.verifications.fails("a", NO_KEY);
    server.verifications.finds("b", DIFFERS);

    server.begin(verified("lmp"));

    assertThat(server.status()).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
    assertThat(summary().status()).isEqualTo(BatchStatus.FAILED);
    assertThat(summary().comparedTables()).isEqualTo(1);
    assertThat(summary().differingTables()).isEqualTo(1);
    assertThat(summary().tables())
        .containsExactlyInAnyOrder(
            new VerificationSummary.Table(A, 0, 0, 0, NO_KEY.message()),
            new VerificationSummary.Table(B, 1, 0, 2, null));
  }

  @Test
  void comparesNothingUnlessAsked() {
    server.control.source("lmp", tables("lmp", "a"));
    assertThat(server.run(Batches.of("lmp")).verification()).isNull();
    assertThat(compared()).isEmpty();
  }

  @Test
  void anInterruptEndsTheComparisonAndAResumeStartsAnother() {
    server.control.source("lmp", tables("lmp", "a"));
    server.verifications.close();
    SyncBatchWorkflow batch = server.begin(verified("lmp"));
    Awaitility.await().until(() -> server.verifications.running() == 1);
    assertThat(summary().status()).isEqualTo(BatchStatus.RUNNING);
    assertThatThrownBy(batch::pause)
        .isInstanceOf(WorkflowUpdateException.class)
        .hasStackTraceContaining("only compares its tables");

    batch.interrupt("maintenance");

    assertThat(server.status()).isEqualTo(WORKFLOW_EXECUTION_STATUS_CANCELED);
    BatchProgress before = server.progress();
    assertThat(before.verification())
        .extracting(VerificationSummary::status)
        .isEqualTo(BatchStatus.INTERRUPTED);
    assertThat(server.verifications.running()).isZero();

    server.verifications.open();
    server.begin(Batches.resumed(verified("lmp"), before));
    assertThat(server.status()).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
    assertThat(server.tables.started()).hasSize(1);
    assertThat(summary().equal()).isTrue();
  }

  @Test
  void aTableThatIsRetriedMeanwhileIsSyncedAndComparedToo() {
    server.control.source("lmp", tables("lmp", "a", "b"));
    server.tables.fail("b", NO_KEY);
    server.verifications.close();
    SyncBatchWorkflow batch = server.begin(verified("lmp"));
    Awaitility.await().until(() -> server.verifications.running() == 1);
    server.tables.mend("b");
    batch.retryTable(B);
    assertThat(compared()).containsExactly("a");

    server.verifications.open();

    assertThat(server.status()).isEqualTo(WORKFLOW_EXECUTION_STATUS_COMPLETED);
    assertThat(server.progress().count(TableStatus.COMPLETED)).isEqualTo(2);
    assertThat(compared()).containsExactly("a", "b");
    assertThat(summary().comparedTables()).isEqualTo(2);
  }
}
