package dev.tidemark.workflows.plan;

import static dev.tidemark.workflows.batch.Batches.tables;
import static dev.tidemark.workflows.plan.PlanServer.input;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.batch.Batches;
import dev.tidemark.workflows.batch.SourceSpec;
import dev.tidemark.workflows.table.ErrorDetail;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlanWorkflowTest {

  private final PlanServer server = new PlanServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tellsOfEveryTableOfEverySource() {
    server.control.source("lmp", tables("lmp", "a", "b"));
    server.control.source("sby", tables("sby", "a"));
    BatchPlan plan = server.workflow.run(input(true, "lmp", "sby"));
    assertThat(plan.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(plan.passes()).isTrue();
    assertThat(plan.tables())
        .extracting(table -> table.table().toString())
        .containsExactlyInAnyOrder("lmp.public.a", "lmp.public.b", "sby.public.a");
    assertThat(plan.tables())
        .allSatisfy(
            table -> assertThat(Objects.requireNonNull(table.plan()).statements()).hasSize(1));
    assertThat(server.tables.asked().getFirst().tables().getFirst().spec().constants())
        .containsKey("branch");
    assertThat(server.workflow.progress()).isEqualTo(plan);
  }

  @Test
  void asksForTablesInPartsSoThatHistoriesStaySmall() {
    server.control.source("lmp", tables("lmp", 60));
    assertThat(server.workflow.run(input(false, "lmp")).tables()).hasSize(60);
    assertThat(server.tables.asked())
        .extracting(part -> part.tables().size())
        .containsExactlyInAnyOrder(25, 25, 10);
  }

  @Test
  void completesWhereSomethingWouldRefuseTheBatchAndSaysWhat() {
    server.control.source("lmp", tables("lmp", "a", "b"));
    server.control.offline("sby", Batches.UNREACHABLE);
    server.tables.refuses("a", Batches.NO_KEY);
    BatchPlan plan = server.workflow.run(input(false, "lmp", "sby"));
    assertThat(plan.status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(plan.passes()).isFalse();
    assertThat(plan.tables().stream().flatMap(table -> table.refusals().stream()))
        .containsExactlyInAnyOrder(Batches.NO_KEY, Batches.UNREACHABLE);
  }

  @Test
  void saysWhyNothingCanBeToldOfATable() {
    server.control.source("lmp", tables("lmp", "a", "b"));
    server.tables.breaks(Batches.UNREACHABLE);
    BatchPlan plan = server.workflow.run(input(false, "lmp"));
    assertThat(plan.passes()).isFalse();
    assertThat(plan.tables())
        .allSatisfy(
            table -> {
              assertThat(table.plan()).isNull();
              assertThat(table.refusals()).containsExactly(Batches.UNREACHABLE);
            });
  }

  /** Temporal carries two megabytes at most. */
  @Test
  void namesNoMoreColumnsThanTemporalCarries() {
    String[] names = IntStream.range(0, 1000).mapToObj(i -> "table_" + i).toArray(String[]::new);
    server.control.source("lmp", tables("lmp", names));
    server.tables.tellsOfColumns(30);
    BatchPlan plan = server.workflow.run(input(false, "lmp"));
    assertThat(Objects.requireNonNull(plan.tables().getFirst().plan()).columns()).hasSize(30);
    TablePlan last = Objects.requireNonNull(plan.tables().getLast().plan());
    assertThat(last.moreColumns()).isEqualTo(30);
    assertThat(last.remarks()).hasSize(1);
    assertThat(PayloadJson.write(plan).length()).isLessThan(1_500_000);
  }

  @Test
  void doesNotPassWhereThereIsNothingToSync() {
    server.control.source("lmp", List.of());
    assertThat(server.workflow.run(input(false, "lmp")).passes()).isFalse();
  }

  @Test
  void findsTwoSourcesThatWouldWriteTheSameRows() {
    server.control.source("lmp", tables("lmp", "a"));
    server.control.source("sby", tables("sby", "a"));
    BatchSpec apart = Batches.of("lmp", "sby").spec();
    BatchSpec together =
        new BatchSpec(
            apart.name(),
            List.of(new SourceSpec("lmp", Map.of()), new SourceSpec("sby", Map.of())),
            apart.target(),
            apart.tables(),
            apart.excludeTables(),
            apart.tableDefaults(),
            apart.tableSpecs(),
            apart.parallelTables(),
            apart.parallelTablesPerConnection(),
            apart.retry(),
            apart.whenBusy(),
            apart.createMissingTables());
    BatchPlan plan = server.workflow.run(input(together, false));
    assertThat(plan.tables().stream().flatMap(table -> table.refusals().stream()))
        .extracting(ErrorDetail::code)
        .containsExactly("SLICE_SHARED");
  }

  /** A plan of a thousand tables must not outgrow what Temporal carries. */
  @Test
  void leavesOutStatementsThatAreTooMany() {
    server.control.source("lmp", tables("lmp", "a", "b", "c"));
    server.tables.tellsStatementsOf(150_000);
    BatchPlan plan = server.workflow.run(input(true, "lmp"));
    assertThat(plan.tables().stream().map(PlannedCopy::plan).map(Objects::requireNonNull))
        .filteredOn(table -> table.statements().isEmpty())
        .singleElement()
        .satisfies(
            table -> assertThat(table.remarks().getFirst()).contains("too many: plan it alone"));
  }

  @Test
  void closesAsCanceledWhenItIsCanceled() {
    server.control.source("lmp", tables("lmp", "a"));
    server.tables.close();
    WorkflowClient.start(server.workflow::run, input(false, "lmp"));
    Awaitility.await().until(() -> server.tables.running() == 1);
    WorkflowStub stub = WorkflowStub.fromTyped(server.workflow);
    stub.cancel();
    assertThatThrownBy(() -> stub.getResult(BatchPlan.class))
        .hasCauseInstanceOf(CanceledFailure.class);
    assertThat(server.workflow.progress().status()).isEqualTo(BatchStatus.INTERRUPTED);
  }
}
