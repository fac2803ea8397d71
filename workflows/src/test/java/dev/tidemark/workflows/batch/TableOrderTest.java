package dev.tidemark.workflows.batch;

import static dev.tidemark.workflows.batch.Batches.id;
import static dev.tidemark.workflows.batch.Batches.tables;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableProgress;
import dev.tidemark.workflows.table.TableStatus;
import dev.tidemark.workflows.table.TableTask;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.worker.WorkerFactoryOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables that refer to others start when these are written. */
class TableOrderTest {

  private static final TableId CUSTOMER = id("lmp", "customer");
  private static final TableId INVOICE = id("lmp", "invoice");

  private BatchServer server;

  @BeforeEach
  void start() {
    server = BatchServer.start();
    server.control.source("lmp", tables("lmp", "line", "Invoice", "customer", "note"));
    server.control.order(
        new TableOrder(
            Map.of("line", List.of("invoice"), "invoice", List.of("customer", "elsewhere")),
            List.of()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private List<String> started() {
    return server.tables.started().stream().map(task -> task.source().table()).toList();
  }

  @Test
  void parentsGoFirst() {
    server.tables.hold("customer");
    server.begin(Batches.of("lmp"));
    server.await(id("lmp", "note"), TableStatus.COMPLETED);
    // In progress is a table whose activity may still be on its way to a worker.
    await()
        .untilAsserted(() -> assertThat(started()).containsExactlyInAnyOrder("customer", "note"));
    server.tables.release("customer");
    assertThat(server.end().status()).isEqualTo(BatchStatus.COMPLETED);
    assertThat(started().subList(2, 4)).containsExactly("Invoice", "line");
  }

  @Test
  void ofSourcesThatWriteWholeTablesToo() {
    server.control.source("lmp", tables("lmp", "line", "Invoice", "note"));
    server.control.source("sby", tables("sby", "customer"));
    server.control.holdPlanOf("sby");
    server.tables.hold("customer");
    server.begin(Batches.of(new SourceSpec("lmp", Map.of("branch", "lmp")), whole("sby")));
    server.await(id("lmp", "note"), TableStatus.COMPLETED);
    assertThat(started()).containsExactly("note");
    server.control.releasePlanOf("sby");
    server.await(id("sby", "customer"), TableStatus.IN_PROGRESS);
    await().untilAsserted(() -> assertThat(started()).containsExactly("note", "customer"));
    server.tables.release("customer");
    assertThat(server.end().count(TableStatus.COMPLETED)).isEqualTo(4);
  }

  @Test
  void ofOtherSlicesHoldNobodyUp() {
    server.control.source("sby", List.of(as("invoice_sby", "invoice"), as("kunde", "customer")));
    server.tables.hold("customer");
    server.begin(Batches.of("lmp", "sby"));
    server.await(id("sby", "invoice_sby"), TableStatus.COMPLETED);
    assertThat(row("customer").status()).isEqualTo(TableStatus.IN_PROGRESS);
    assertThat(row("Invoice").after()).containsExactly("customer");
    server.tables.release("customer");
    assertThat(server.end().count(TableStatus.COMPLETED)).isEqualTo(6);
  }

  @Test
  void aSourceThatIsStillBeingPlannedHoldsNoOtherSliceUp() {
    server.control.holdPlanOf("sby");
    server.begin(Batches.of("lmp", "sby"));
    server.await(id("lmp", "line"), TableStatus.COMPLETED);
    assertThat(server.progress().planned()).isFalse();
    server.control.releasePlanOf("sby");
    assertThat(server.end().count(TableStatus.COMPLETED)).isEqualTo(4);
  }

  @Test
  void aParentThatWaitsForItsSliceHoldsOnlyItsOwnSourceUp() {
    server.control.source("sby", List.of(as("invoice_sby", "invoice")));
    server.tables.occupy("customer");
    server.begin(Batches.of(whole("lmp"), whole("sby")));
    server.await(id("sby", "invoice_sby"), TableStatus.COMPLETED);
    assertThat(row("customer").status()).isEqualTo(TableStatus.PENDING);
    assertThat(row("Invoice").after()).containsExactly("customer");
    assertThat(server.tables.starts("Invoice")).isZero();
    server.tables.free("customer");
    assertThat(server.end().count(TableStatus.COMPLETED)).isEqualTo(5);
  }

  private static SourceSpec whole(String connection) {
    return new SourceSpec(connection, Map.of());
  }

  private static PlannedTable as(String table, String target) {
    return new PlannedTable(id("sby", table), target, 100, null);
  }

  @Test
  void aParentThatFailedOrIsSkippedHoldsNobodyUp() {
    server.tables.fail("customer", Batches.NO_KEY);
    server.tables.hold("Invoice");
    SyncBatchWorkflow batch = server.begin(Batches.of("lmp"));
    server.await(id("lmp", "Invoice"), TableStatus.IN_PROGRESS);
    batch.skipTable(id("lmp", "Invoice"));
    BatchProgress end = server.end();
    assertThat(end.count(TableStatus.COMPLETED)).isEqualTo(2);
    assertThat(server.tables.starts("line")).isEqualTo(1);
    assertThat(server.tables.starts("customer")).isEqualTo(1);
  }

  @Test
  void saysForWhomATableWaitsAsLongAsThatOneIsPaused() {
    server.tables.hold("customer");
    SyncBatchWorkflow batch = server.begin(Batches.of("lmp"));
    server.await(CUSTOMER, TableStatus.IN_PROGRESS);
    batch.pauseTable(CUSTOMER);
    server.await(CUSTOMER, TableStatus.PENDING);
    assertThat(remarks("Invoice"))
        .containsExactly(
            "Waits for customer, to which it refers by a foreign key and which is paused.");
    assertThat(remarks("line")).isEmpty();
    server.tables.release("customer");
    batch.resumeTable(CUSTOMER);
    assertThat(server.end().count(TableStatus.COMPLETED)).isEqualTo(4);
    assertThat(remarks("Invoice")).isEmpty();
  }

  @Test
  void saysBehindWhichTablesOneWaits() {
    server.tables.hold("customer");
    SyncBatchWorkflow batch = server.begin(Batches.of("lmp"));
    server.await(id("lmp", "note"), TableStatus.COMPLETED);
    assertThat(row("Invoice").after()).containsExactly("customer");
    assertThat(row("line").after()).containsExactly("invoice");
    assertThat(row("customer").after()).isEmpty();
    assertThat(row("note").after()).isEmpty();
    batch.skipTable(id("lmp", "line"));
    assertThat(row("line").after()).as("it waits no more").isEmpty();
    server.tables.release("customer");
    assertThat(server.end().tables()).allMatch(row -> row.after().isEmpty());
  }

  @Test
  void aTableThatWaitedWhenTheBatchWasInterruptedWaitsForNone() {
    server.tables.hold("customer");
    SyncBatchWorkflow batch = server.begin(Batches.of("lmp"));
    server.await(CUSTOMER, TableStatus.IN_PROGRESS);
    assertThat(row("Invoice").after()).isNotEmpty();
    batch.interrupt("lunch");
    assertThat(row("Invoice").after()).isEmpty();
    server.tables.release("customer");
  }

  private List<String> remarks(String table) {
    return row(table).remarks();
  }

  private TableProgress row(String table) {
    return server.progress().tables().stream()
        .filter(row -> row.table().table().equals(table))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void noTableStartsBeforeTheOrderIsKnown() {
    server.control.holdPlanOf("dashboard");
    SyncBatchWorkflow batch = server.begin(Batches.of("lmp"));
    await().until(() -> server.progress().planned());
    assertThat(started()).isEmpty();
    batch.interrupt("no patience");
    assertThat(server.status())
        .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
    assertThat(started()).isEmpty();
    server.control.releasePlanOf("dashboard");
  }

  @Test
  void whereTheTargetDoesNotTellTheTablesTellWhy() {
    server.control.offline("dashboard", Batches.UNREACHABLE);
    assertThat(server.run(Batches.of("lmp")).count(TableStatus.COMPLETED)).isEqualTo(4);
  }

  /** Such as what another version of a worker has found. */
  @Test
  void whereTheOrderCannotBeReadTheTablesStart() {
    server.close();
    server =
        new BatchServer(
            SyncBatchWorkflowImpl.class,
            WorkerFactoryOptions.newBuilder().setWorkerInterceptors(new GarbledOrder()).build());
    server.control.source("lmp", tables("lmp", "invoice", "customer"));
    assertThat(server.run(Batches.of("lmp")).count(TableStatus.COMPLETED)).isEqualTo(2);
  }

  /** Answers in words where an order was asked for. */
  private static final class GarbledOrder extends WorkerInterceptorBase {

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
      return new ActivityInboundCallsInterceptorBase(next) {

        private boolean orders;

        @Override
        public void init(ActivityExecutionContext context) {
          orders = context.getInfo().getActivityType().equals("Order");
          super.init(context);
        }

        @Override
        public ActivityOutput execute(ActivityInput input) {
          return orders ? new ActivityOutput("customers first") : super.execute(input);
        }
      };
    }
  }

  /** Such as a customer who is to be deleted, and whose invoices were deleted meanwhile. */
  @Test
  void whatWasRefusedIsTriedOnceMoreWhenTheOthersAreWritten() {
    server.tables.fail("customer", Batches.REFUSED);
    server.tables.fail("note", Batches.REFUSED);
    server.tables.hold("line");
    server.begin(Batches.of("lmp"));
    server.await(id("lmp", "line"), TableStatus.IN_PROGRESS);
    server.tables.mend("customer");
    server.tables.release("line");
    BatchProgress end = server.end();
    assertThat(end.count(TableStatus.COMPLETED)).isEqualTo(3);
    assertThat(server.tables.starts("customer")).isEqualTo(2);
    assertThat(server.tables.starts("note")).as("refers to nothing").isEqualTo(1);
  }

  @Test
  void whatIsRefusedAgainHasFailed() {
    server.tables.fail("invoice", Batches.REFUSED);
    server.control.source("lmp", tables("lmp", "customer", "invoice"));
    server.control.order(new TableOrder(Map.of(), List.of(List.of("customer", "invoice"))));
    server.tables.hold("customer");
    server.begin(Batches.of("lmp"));
    server.await(INVOICE, TableStatus.FAILED);
    server.tables.release("customer");
    assertThat(server.end().status()).isEqualTo(BatchStatus.FAILED);
    assertThat(server.tables.started().stream().map(TableTask::source))
        .containsExactlyInAnyOrder(CUSTOMER, INVOICE, INVOICE);
  }

  /** Its row was refused when it was not there yet, and the table failed when it was. */
  @Test
  void whatFailedAfterTheOtherWasWrittenIsTriedOnceMoreToo() {
    server.control.source("lmp", tables("lmp", "customer", "invoice"));
    server.control.order(new TableOrder(Map.of(), List.of(List.of("customer", "invoice"))));
    server.tables.hold("customer");
    server.tables.hold("invoice");
    server.begin(Batches.of("lmp"));
    await().untilAsserted(() -> assertThat(started()).hasSize(2));
    server.tables.release("customer");
    server.await(CUSTOMER, TableStatus.COMPLETED);
    server.tables.fail("invoice", Batches.REFUSED);
    server.tables.release("invoice");
    assertThat(server.end().count(TableStatus.FAILED)).isEqualTo(1);
    assertThat(server.tables.starts("invoice")).isEqualTo(2);
  }

  @Test
  void whatOthersWroteSinceIsNoReasonToTryAgain() {
    server.control.source("lmp", tables("lmp", "invoice", "article", "item", "customer"));
    server.control.order(
        new TableOrder(
            Map.of("invoice", List.of("customer"), "item", List.of("article")),
            List.of(List.of("invoice", "letter"), List.of("article", "shelf"))));
    server.tables.fail("invoice", Batches.REFUSED);
    server.tables.hold("article");
    server.begin(Batches.of("lmp"));
    server.await(INVOICE, TableStatus.FAILED);
    server.tables.release("article");
    assertThat(server.end().count(TableStatus.COMPLETED)).isEqualTo(3);
    assertThat(server.tables.starts("invoice")).isEqualTo(1);
  }
}
