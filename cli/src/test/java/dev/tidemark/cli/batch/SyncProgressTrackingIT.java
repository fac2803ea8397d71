package dev.tidemark.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.cli.CommandRun;
import dev.tidemark.cli.Installation;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.Batch;
import dev.tidemark.cli.client.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a user runs them, against real servers and processes. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SyncProgressTrackingIT {

  private static final Pattern BATCH_ID = Pattern.compile("sync_\\d{8}_\\d{6}_[A-Za-z0-9]{8}");
  private static final int INVOICES = 40_000;

  @TempDir private static Path folder;
  private static Installation tidemark;
  private static ApiClient api;

  @BeforeAll
  static void start() throws Exception {
    tidemark = Installation.start(folder, INVOICES);
    api = new ApiClient(tidemark.api());
  }

  @AfterAll
  static void stop() {
    if (api != null) {
      api.close();
      tidemark.close();
    }
  }

  @BeforeEach
  void everythingIsOnline() {
    tidemark.goOnline();
  }

  @Test
  @Order(1)
  @DisplayName("Test Case 1: Normal Sync")
  void normalSync() throws Exception {
    CommandRun sync = tidemark.run("sync-all", "--connection=pgsql_lmp", "--tables=AdOrg");

    assertThat(sync.err()).isEmpty();
    assertThat(sync.exitCode()).isZero();
    String id = batchId(sync.out());
    assertThat(sync.out())
        .contains("Batch " + id + " started.")
        .contains("pgsql_lmp.ad_org completed: 12 rows in ");
    assertThat(tidemark.copied("pgsql_lmp", "ad_org")).isEqualTo(12);

    CommandRun status = tidemark.run("sync-status", "--latest");

    assertThat(status.exitCode()).isZero();
    assertThat(status.out())
        .startsWith("Batch " + id + "   completed")
        .containsPattern("duration +\\d+(\\.\\d)? s")
        .contains("1 of 1 completed, 0 failed, 0 skipped, 0 in progress, 0 pending (100 %)")
        .contains("12 processed: 12 inserted, 0 updated, 0 skipped")
        .containsPattern("pgsql_lmp +ad_org +completed +12 +12 +0 +0 +0 +0 +\\d+(\\.\\d)? s")
        .doesNotContain("Resume it");
    assertThat(
            tidemark.archived(
                """
                SELECT concat_ws(' ', b.status, total_tables, completed_tables, failed_tables,
                       b.options ->> 'tables', b.duration_seconds > 0, p.connection_name,
                       p.table_name, p.model_name, p.status, p.records_processed, p.retry_count,
                       p.duration_seconds > 0)
                FROM sync_batches b JOIN sync_progress p USING (batch_id) WHERE batch_id = '%s'"""
                    .formatted(id)))
        .isEqualTo("completed 1 1 0 [\"AdOrg\"] t pgsql_lmp ad_org AdOrg completed 12 0 t");
  }

  @Test
  @Order(2)
  @DisplayName("Test Case 2: Interrupted Sync (Simulate)")
  void interruptedSync() throws Exception {
    tidemark.dropCopies("c_invoice");
    Path output = folder.resolve("interrupted.log");
    Process sync = tidemark.start(output, "sync-all", "--connection=pgsql_lmp");
    patiently()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> tidemark.copied("pgsql_lmp", "c_invoice") > 0);
    try (Connection held = tidemark.holdCopies("c_invoice")) {
      patiently().until(() -> Files.readString(output).contains("c_invoice in progress"));
      String id = batchId(Files.readString(output));
      assertThat(latest().id()).isEqualTo(id);
      patiently().until(() -> batch(id).completedTables() == 2);
      ctrlC(sync);
      patiently().until(() -> Files.readString(output).contains("Interrupting"));
      held.rollback();
    }
    assertThat(sync.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(sync.exitValue()).isEqualTo(1);

    CommandRun status = tidemark.run("sync-status", "--latest");
    String id = batchId(status.out());
    Batch interrupted = batch(id);
    assertThat(Files.readString(output)).contains("Batch " + id + " started.");
    assertThat(status.out())
        .startsWith("Batch " + id + "   interrupted")
        .containsPattern("pgsql_lmp +ad_org +completed +12 ")
        .containsPattern("pgsql_lmp +m_product +completed +500 ")
        .containsPattern("pgsql_lmp +c_invoice +pending ")
        .contains("2 of 3 completed, 0 failed, 0 skipped, 0 in progress, 1 pending")
        .contains("Resume it: ./tidemark sync-all --resume " + id);
    long half = tidemark.copied("pgsql_lmp", "c_invoice");
    assertThat(half).isBetween(1L, INVOICES - 1L);
    assertThat(table(interrupted, "c_invoice").recordsProcessed()).isEqualTo(half);

    CommandRun resumed = tidemark.run("sync-all", "--resume=" + id);

    assertThat(resumed.err()).isEmpty();
    assertThat(resumed.exitCode()).isZero();
    assertThat(resumed.out())
        .contains("Batch " + id + " resumed.", "Batch " + id + "   completed")
        .contains("3 of 3 completed");
    Batch completed = batch(id);
    for (String skipped : List.of("ad_org", "m_product")) {
      assertThat(table(completed, skipped)).isEqualTo(table(interrupted, skipped));
    }
    // Rows that were copied before would count as skipped, had it not gone on mid-table.
    Table invoices = table(completed, "c_invoice");
    assertThat(invoices.recordsInserted()).isEqualTo(INVOICES);
    assertThat(invoices.recordsSkipped()).isZero();
    assertThat(invoices.retryCount()).isZero();
    assertThat(tidemark.copied("pgsql_lmp", "c_invoice")).isEqualTo(INVOICES);
  }

  @Test
  @Order(3)
  @DisplayName("Test Case 3: Failed Tables")
  void failedTables() throws Exception {
    tidemark.goOffline();
    CommandRun never = tidemark.run("sync-all", "--connection=pgsql_offline");
    assertThat(never.exitCode()).isEqualTo(1);
    String first = batchId(never.out());
    assertThat(tidemark.run("sync-status", "--latest", "--failed").out())
        .startsWith("Batch " + first + "   failed")
        .containsPattern("pgsql_offline +\\* +failed ")
        .contains("✗ pgsql_offline.*: CONNECTION_FAILED: While planning", "  → ")
        .contains("Resume it: ./tidemark sync-all --resume " + first);

    tidemark.goOnline();
    CommandRun mended = tidemark.run("sync-all", "--resume=" + first);
    assertThat(mended.exitCode()).isZero();
    assertThat(mended.out()).contains("3 of 3 completed, 0 failed").doesNotContain("✗");
    assertThat(tidemark.copied("pgsql_offline", "c_invoice")).isEqualTo(100);

    tidemark.goOffline();
    CommandRun known =
        tidemark.run("sync-all", "--connection=pgsql_lmp,pgsql_offline", "--tables=AdOrg,MProduct");
    assertThat(known.exitCode()).isEqualTo(1);
    assertThat(known.out()).contains("2 of 4 completed, 2 failed");
    String second = batchId(known.out());
    assertThat(tidemark.run("sync-status", "--latest", "--failed").out())
        .startsWith("Batch " + second + "   failed")
        .containsPattern("pgsql_offline +ad_org +failed ")
        .containsPattern("pgsql_offline +m_product +failed ")
        .contains("✗ pgsql_offline.ad_org: CONNECTION_FAILED: ")
        .doesNotContainPattern("pgsql_lmp +ad_org")
        .doesNotContain("c_invoice");

    tidemark.goOnline();
    CommandRun retried = tidemark.run("sync-all", "--resume=" + second);
    assertThat(retried.exitCode()).isZero();
    assertThat(retried.out())
        .contains("Batch " + second + "   completed", "4 of 4 completed, 0 failed")
        .containsPattern("pgsql_offline +ad_org +completed +12 ");
    assertThat(tidemark.run("sync-status", second, "--failed").out())
        .contains("No table has failed.");
  }

  @Test
  @Order(4)
  @DisplayName("Test Case 4: View All Batches")
  void viewAllBatches() {
    CommandRun organizations = tidemark.run("sync-all", "--tables=AdOrg");
    tidemark.goOffline();
    CommandRun products = tidemark.run("sync-all", "--tables=MProduct");
    tidemark.goOnline();
    CommandRun invoices = tidemark.run("sync-all", "--tables=CInvoice");

    CommandRun all = tidemark.run("sync-status", "--all");

    assertThat(all.exitCode()).isZero();
    assertThat(all.out().lines())
        .hasSizeGreaterThan(3)
        .satisfies(
            lines -> {
              assertThat(lines.get(0))
                  .matches("BATCH +NAME +STATUS +STARTED.+DURATION +PROGRESS +TABLES +FAILED.+");
              assertThat(lines.get(1)).matches(line(invoices, "completed", "100 %", "3/3", 0));
              assertThat(lines.get(2)).matches(line(products, "failed", "\\d+ %", "2/3", 1));
              assertThat(lines.get(3)).matches(line(organizations, "completed", "100 %", "3/3", 0));
            });
    assertThat(tidemark.run("sync-status", "--all", "--failed").out())
        .contains(batchId(products.out()))
        .doesNotContain(batchId(organizations.out()), batchId(invoices.out()));
  }

  private static String line(
      CommandRun sync, String status, String progress, String tables, int failed) {
    return "%s +branches +%s +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d +\\S+ s +%s +%s +%d +[\\d,]+"
        .formatted(batchId(sync.out()), status, progress, tables, failed);
  }

  @Test
  @Order(5)
  @DisplayName("Test Case 5: Specific Table Sync")
  void specificTableSync() throws Exception {
    String before = batchId(tidemark.run("sync-all", "--tables=AdOrg").out());
    String all = tidemark.run("sync-status", "--all").out();
    tidemark.change("pgsql_sby", "INSERT INTO m_product VALUES (501, 9.5)");

    CommandRun sync = tidemark.run("sync-table", "MProduct", "--connection=pgsql_sby");

    assertThat(sync.err()).isEmpty();
    assertThat(sync.exitCode()).isZero();
    assertThat(sync.out())
        .containsPattern("pgsql_sby.m_product completed in \\S+ s: 501 processed, \\d+ inserted");
    assertThat(tidemark.copied("pgsql_sby", "m_product")).isEqualTo(501);
    assertThat(batchId(tidemark.run("sync-status", "--latest").out())).isEqualTo(before);
    assertThat(tidemark.run("sync-status", "--all").out()).isEqualTo(all);
  }

  @Test
  @Order(6)
  @DisplayName("Test Case 6: Resume Non-existent Batch")
  void resumeNonExistentBatch() {
    CommandRun resume = tidemark.run("sync-all", "--resume=invalid_batch_id");

    assertThat(resume.err()).isEqualTo("Batch ID [invalid_batch_id] not found.\n");
    assertThat(resume.out()).isEmpty();
    assertThat(resume.exitCode()).isEqualTo(1);
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(60)).ignoreExceptions();
  }

  private static void ctrlC(Process process) throws Exception {
    assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor())
        .isZero();
  }

  private static Batch latest() {
    return ApiClient.read(api.latestBatch(), Batch.class);
  }

  private static Batch batch(String id) {
    return ApiClient.read(api.batch(id), Batch.class);
  }

  private static Table table(Batch batch, String name) {
    return batch.tables().stream()
        .filter(table -> table.table().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String batchId(String output) {
    Matcher matcher = BATCH_ID.matcher(output);
    assertThat(matcher.find()).as("a batch id in %s", output).isTrue();
    return matcher.group();
  }
}
