package dev.tidemark.api.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.api.Answer;
import dev.tidemark.api.ApiEnvironment;
import dev.tidemark.workflows.PayloadJson;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TableSyncsIT {

  private static final String SYNCS = "/api/v1/table-syncs";
  private static final Duration SOON = Duration.ofSeconds(20);

  private static ApiEnvironment environment;

  @BeforeAll
  static void start() throws IOException {
    environment = ApiEnvironment.withSchedules();
  }

  @AfterAll
  static void stop() throws IOException {
    environment.close();
  }

  @Test
  void syncsOneTableWithoutABatch() {
    Answer started = start("pgsql_sby", "MProduct");
    assertThat(started.status()).as(started.response().body()).isEqualTo(201);
    assertThat(started.text("/workflowId")).isEqualTo("table:pgsql_sby:m_product");
    assertThat(started.header("Location")).isEqualTo(SYNCS + "/pgsql_sby/m_product");
    assertThat(started.text("/table/id")).isEqualTo("pgsql_sby.public.m_product");
    assertThat(started.text("/table/target")).isEqualTo("products");

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(environment.get(SYNCS + "/pgsql_sby/MProduct").text("/status"))
                    .isEqualTo("completed"));
    assertThat(environment.get("/api/v1/batches").body().at("/batches")).isEmpty();
    assertThat(start("pgsql_sby", "m_product").status()).isEqualTo(201);
  }

  @Test
  void settingsHoldForTheTableThatTheirNameMeans() {
    assertThat(start("pgsql_sby", "c_invoiceline").text("/table/target"))
        .isEqualTo("invoice_lines");
    assertThat(start("pgsql_sby", "OrderLine").text("/table/target")).isEqualTo("lines");
    assertThat(start("pgsql_sby", "order_line").text("/table/target")).isEqualTo("order_line");
  }

  @Test
  void oneTableIsSyncedOnceAtATime() {
    assertThat(start("pgsql_lmp", "ad_org").status()).isEqualTo(201);
    Answer second = start("pgsql_lmp", "public.AdOrg");
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.text("/code")).isEqualTo("TABLE_SYNC_RUNNING");

    assertThat(
            environment
                .post(SYNCS + "/pgsql_lmp/AdOrg/interrupt", "{\"reason\": \"lunch\"}")
                .status())
        .isEqualTo(200);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(environment.get(SYNCS + "/pgsql_lmp/ad_org").text("/status"))
                    .isEqualTo("interrupted"));
    assertThat(environment.get(SYNCS + "/pgsql_lmp/ad_org").text("/interruption"))
        .isEqualTo("lunch (by operator)");
    Answer again = environment.post(SYNCS + "/pgsql_lmp/AdOrg/interrupt", null);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text("/code")).isEqualTo("TABLE_SYNC_NOT_RUNNING");
  }

  @Test
  void aRepeatedRequestStartsNothingNew() {
    Answer first = start("pgsql_lmp", "m_product", "once");
    assertThat(first.status()).as(first.response().body()).isEqualTo(201);
    String run = latestRun("table:pgsql_lmp:m_product");
    Answer second = start("pgsql_lmp", "m_product", "once");
    assertThat(second.status()).as(second.response().body()).isEqualTo(201);
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    awaitStatus("pgsql_lmp", "m_product", "completed");
    assertThat(start("pgsql_lmp", "m_product", "once").text("/status")).isEqualTo("completed");
    assertThat(latestRun("table:pgsql_lmp:m_product")).isEqualTo(run);

    Answer other = start("pgsql_lmp", "other", "once");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.text("/code")).isEqualTo("IDEMPOTENCY_KEY_REUSED");

    assertThat(start("pgsql_lmp", "m_product", "another").status()).isEqualTo(201);
    assertThat(latestRun("table:pgsql_lmp:m_product")).isNotEqualTo(run);
  }

  @Test
  void aRequestWhoseFirstCallDiedInBetweenStartsTheSync() {
    assertThat(start("pgsql_sby", "missing").status()).isEqualTo(201);
    awaitStatus("pgsql_sby", "missing", "failed");
    String before = latestRun("table:pgsql_sby:missing");
    // What the first call did before it died: it reserved its place and started nothing.
    environment
        .control()
        .idempotencyKeys()
        .reserve(
            "configuration:operator",
            "table-syncs died",
            PayloadJson.write(new TableSyncRequest("pgsql_sby", "missing", null, null)),
            before);

    assertThat(start("pgsql_sby", "missing", "died").status()).isEqualTo(201);
    assertThat(latestRun("table:pgsql_sby:missing")).isNotEqualTo(before);
  }

  @Test
  void aKeyDoesNotAdoptASyncThatRanBeforeIt() {
    assertThat(start("pgsql_sby", "ad_org").status()).isEqualTo(201);
    Answer refused = start("pgsql_sby", "ad_org", "adopts");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("/code")).isEqualTo("TABLE_SYNC_RUNNING");
  }

  @Test
  void tellsWhyATableFailedEvenWithoutAWorker() {
    assertThat(start("pgsql_lmp", "missing").status()).isEqualTo(201);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(environment.get(SYNCS + "/pgsql_lmp/missing").text("/status"))
                    .isEqualTo("failed"));
    environment.stopWorker();
    Answer failed = environment.get(SYNCS + "/pgsql_lmp/missing");
    environment.restartWorker();
    assertThat(failed.body().at("/live").asBoolean()).isFalse();
    assertThat(failed.text("/table/error/code")).isEqualTo("TABLE_NOT_FOUND");
  }

  @Test
  void refusesWhatCannotBe() {
    Answer mars = start("mars", "x");
    assertThat(mars.status()).isEqualTo(422);
    assertThat(mars.text("/code")).isEqualTo("CONNECTION_NOT_FOUND");
    assertThat(start("dashbord", "x").response().body())
        .as("a target is nothing to sync a table of")
        .contains("pgsql_lmp", "pgsql_sby")
        .doesNotContain("dashboard");
    assertThat(environment.get(SYNCS + "/mars/x").status()).isEqualTo(404);
    assertThat(start("dashboard", "x").text("/code")).isEqualTo("CONNECTION_IS_NO_SOURCE");
    Answer misspelt = start("pgsql_lmp", "OrderLines");
    assertThat(misspelt.status()).isEqualTo(422);
    assertThat(misspelt.text("/detail"))
        .isEqualTo(
            "There is no table [OrderLines] in pgsql_lmp. Did you mean OrderLine or order_line or"
                + " \"order.line\"?");
    assertThat(start("pgsql_lmp", "tidemark_slice").text("/code")).isEqualTo("TABLE_RESERVED");
    Answer empty = environment.post(SYNCS, "{}");
    assertThat(empty.status()).isEqualTo(422);
    assertThat(empty.body().at("/errors")).hasSize(2);
    assertThat(environment.get(SYNCS + "/pgsql_lmp/never").text("/code"))
        .isEqualTo("TABLE_SYNC_NOT_FOUND");
    Answer batch =
        environment.post(
            SYNCS, "{\"connection\": \"pgsql_lmp\", \"table\": \"x\", \"batch\": \"other\"}");
    assertThat(batch.status()).isEqualTo(422);
    assertThat(batch.text("/code")).isEqualTo("BATCH_NOT_CONFIGURED");
  }

  @Test
  void aRepeatedRequestIsAnsweredThoughTheTableIsNotFoundAnyMore() {
    Answer first = start("pgsql_sby", "other");
    assertThat(first.status()).as(first.response().body()).isEqualTo(201);
    environment
        .control()
        .idempotencyKeys()
        .reserve(
            "configuration:operator",
            "table-syncs dropped",
            PayloadJson.write(new TableSyncRequest("pgsql_sby", "dropped", null, null)),
            " " + first.text("/workflowId"));
    Answer again = start("pgsql_sby", "dropped", "dropped");
    assertThat(again.status()).as(again.response().body()).isEqualTo(201);
    assertThat(again.text("/workflowId")).isEqualTo(first.text("/workflowId"));
    assertThat(start("pgsql_sby", "dropped").status()).isEqualTo(422);
    environment.post(SYNCS + "/pgsql_sby/other/interrupt", null);
  }

  @Test
  void anExactNameGoesBeforeAModelThatMeansAnother() {
    Answer words = start("pgsql_lmp", "order_line");
    assertThat(words.text("/workflowId")).isEqualTo("table:pgsql_lmp:order_line");
    assertThat(environment.get(SYNCS + "/pgsql_lmp/OrderLine").status()).isEqualTo(404);
    assertThat(start("pgsql_lmp", "OrderLine").text("/workflowId"))
        .isEqualTo("table:pgsql_lmp:OrderLine");
    for (String typed :
        List.of("OrderLine", "%22OrderLine%22", "public.OrderLine", "pgsql_lmp.public.OrderLine")) {
      assertThat(environment.get(SYNCS + "/pgsql_lmp/" + typed).text("/table/table"))
          .isEqualTo("OrderLine");
    }
    assertThat(environment.get(SYNCS + "/pgsql_lmp/order_line").text("/table/table"))
        .isEqualTo("order_line");
  }

  @Test
  void takesNamesWithDotsAndBlanks() {
    Answer dots = start("pgsql_lmp", "order.line");
    assertThat(dots.status()).as(dots.response().body()).isEqualTo(201);
    assertThat(dots.text("/table/name")).isEqualTo("\"order.line\"");
    assertThat(environment.get(dots.header("Location")).text("/table/table"))
        .isEqualTo("order.line");
    assertThat(environment.get(SYNCS + "/pgsql_lmp/pgsql_lmp.public.order.line").status())
        .isEqualTo(200);
    Answer blanks = start("pgsql_lmp", "public.order details");
    assertThat(blanks.text("/table/id")).isEqualTo("pgsql_lmp.public.\"order details\"");
    assertThat(environment.get(blanks.header("Location")).text("/table/table"))
        .isEqualTo("order details");
  }

  private static Answer start(String connection, String table) {
    return environment.post(SYNCS, body(connection, table));
  }

  private static Answer start(String connection, String table, String idempotencyKey) {
    return environment.send(
        "POST",
        SYNCS,
        ApiEnvironment.OPERATOR,
        body(connection, table),
        Map.of("Idempotency-Key", idempotencyKey));
  }

  private static String latestRun(String workflowId) {
    return environment
        .temporal()
        .newUntypedWorkflowStub(workflowId)
        .describe()
        .getExecution()
        .getRunId();
  }

  private static String body(String connection, String table) {
    return "{\"connection\": \"" + connection + "\", \"table\": \"" + table + "\"}";
  }

  private static void awaitStatus(String connection, String table, String status) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(environment.get(SYNCS + "/" + connection + "/" + table).text("/status"))
                    .isEqualTo(status));
  }
}
