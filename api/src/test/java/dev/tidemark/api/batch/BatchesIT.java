package dev.tidemark.api.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.api.Answer;
import dev.tidemark.api.ApiEnvironment;
import dev.tidemark.connect.control.ArchivedBatch;
import dev.tidemark.connect.control.ArchivedTable;
import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.batch.BatchOptions;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.SourceSpec;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.WhenBusy;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BatchesIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  private static ApiEnvironment environment;

  @BeforeAll
  static void start() throws IOException {
    environment = new ApiEnvironment();
  }

  @AfterAll
  static void stop() throws IOException {
    environment.close();
  }

  @Test
  void startsABatchAndShowsItLive() {
    Answer started = environment.post("/api/v1/batches", null);
    assertThat(started.status()).as(started.response().body()).isEqualTo(201);
    String id = started.text("/id");
    assertThat(id).matches("sync_\\d{8}_\\d{6}_[A-Za-z0-9]{8}");
    assertThat(started.header("Location")).isEqualTo("/api/v1/batches/" + id);

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(batch(id).number("/tables/0/recordsProcessed")).isEqualTo(250));
    Answer batch = batch(id);
    assertThat(batch.text("/status")).isEqualTo("running");
    assertThat(batch.body().at("/live").asBoolean()).isTrue();
    assertThat(batch.text("/name")).isEqualTo("branches");
    assertThat(batch.text("/requestedBy")).isEqualTo("operator");
    assertThat(batch.number("/totalTables")).isEqualTo(4);
    assertThat(batch.number("/inProgressTables")).isEqualTo(1);
    assertThat(batch.number("/pendingTables")).isEqualTo(3);
    assertThat(batch.number("/recordsProcessed")).isEqualTo(250);
    assertThat(batch.number("/recordsSkipped")).isEqualTo(10);
    assertThat(batch.number("/progressPercent")).isEqualTo(6.2);
    assertThat(batch.text("/workflowUrl"))
        .isEqualTo("http://ui.test/namespaces/default/workflows/" + id);
    assertThat(batch.body().at("/endedAt").isNull()).isTrue();

    assertThat(batch.text("/tables/0/id")).isEqualTo("pgsql_lmp.public.ad_org");
    assertThat(batch.text("/tables/0/model")).isEqualTo("AdOrg");
    assertThat(batch.text("/tables/0/status")).isEqualTo("in_progress");
    assertThat(batch.number("/tables/0/recordsInserted")).isEqualTo(200);
    assertThat(batch.number("/tables/0/progressPercent")).isEqualTo(25);
    assertThat(batch.number("/tables/0/rowsPerSecond")).isEqualTo(50);
    assertThat(batch.number("/tables/0/secondsLeft")).isEqualTo(15);
    assertThat(batch.text("/tables/0/cursor")).isEqualTo("(250)");
    assertThat(batch.number("/tables/0/attempt")).isEqualTo(1);
    assertThat(batch.body().at("/tables/0/error").isNull()).isTrue();
  }

  @Test
  void startsWhatIsAskedFor() {
    Answer started =
        environment.post(
            "/api/v1/batches",
            "{\"batch\": \"branches\", \"connections\": [\"pgsql_sby\"], \"tables\": [\"AdOrg\"],"
                + " \"whenBusy\": \"refuse\"}");
    assertThat(started.status()).isEqualTo(201);
    assertThat(started.text("/options/connections/0")).isEqualTo("pgsql_sby");
    assertThat(started.text("/options/tables/0")).isEqualTo("AdOrg");
    assertThat(started.number("/totalTables")).isEqualTo(2);
  }

  @Test
  void refusesWhatIsNotConfigured() {
    Answer unknown = environment.post("/api/v1/batches", "{\"batch\": \"other\"}");
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.text("/remedy")).contains("branches");

    Answer mistakes =
        environment.post(
            "/api/v1/batches",
            "{\"connections\": [\"pgsql_lmp\", \"mars\"], \"tables\": [\"\"], \"whenBusy\":"
                + " \"x\"}");
    assertThat(mistakes.status()).isEqualTo(422);
    assertThat(mistakes.text("/code")).isEqualTo("VALIDATION_FAILED");
    assertThat(mistakes.text("/errors/0/path")).isEqualTo("connections[1]");
    assertThat(mistakes.text("/errors/0/message")).contains("pgsql_lmp, pgsql_sby");
    assertThat(mistakes.text("/errors/1/path")).isEqualTo("tables[0]");
    assertThat(mistakes.text("/errors/2/path")).isEqualTo("whenBusy");
  }

  @Test
  void anUnknownIdIsNotFound() {
    for (Answer answer :
        List.of(
            environment.get("/api/v1/batches/invalid_batch_id"),
            environment.get("/api/v1/batches/invalid_batch_id/tables"),
            environment.post("/api/v1/batches/invalid_batch_id/pause", null),
            environment.post("/api/v1/batches/invalid_batch_id/resume", null),
            environment.post("/api/v1/batches/invalid_batch_id/interrupt", null),
            environment.post("/api/v1/batches/invalid_batch_id/tables/x/skip", null))) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.text("/detail")).isEqualTo("Batch ID [invalid_batch_id] not found.");
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }
  }

  @Test
  void aRepeatedRequestStartsNothingNew() {
    Map<String, String> key = Map.of("Idempotency-Key", "once");
    Answer first = start("{\"tables\": [\"a\"]}", key);
    Answer second = start("{\"tables\": [\"a\"]}", key);
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.text("/id")).isEqualTo(first.text("/id"));

    Answer other = start("{\"tables\": [\"b\"]}", key);
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.text("/code")).isEqualTo("IDEMPOTENCY_KEY_REUSED");
  }

  @Test
  void aRequestWhoseFirstCallDiedInBetweenStartsTheReservedId() {
    // What the first call did before it died: it reserved an id and started nothing.
    StartRequest request = new StartRequest(null, null, List.of("a"), null);
    environment
        .control()
        .idempotencyKeys()
        .reserve(
            "configuration:operator",
            "batches died",
            PayloadJson.write(request),
            "sync_20251108_143052_diedDied");
    Answer again = start("{\"tables\": [\"a\"]}", Map.of("Idempotency-Key", "died"));
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.text("/id")).isEqualTo("sync_20251108_143052_diedDied");
    assertThat(again.text("/status")).isEqualTo("running");
  }

  @Test
  void aRepeatedRequestDoesNotStartAFailedBatchAgain() {
    Map<String, String> key = Map.of("Idempotency-Key", "fails");
    String id = start("{\"tables\": [\"fails\"]}", key).text("/id");
    awaitStatus(id, "failed");
    assertThat(start("{\"tables\": [\"fails\"]}", key).text("/status")).isEqualTo("failed");
  }

  @Test
  void refusesAReasonThatIsTooLong() {
    String id = environment.startBatch("");
    String reason = "{\"reason\": \"" + "x".repeat(1_001) + "\"}";
    Answer refused = environment.post("/api/v1/batches/" + id + "/interrupt", reason);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("/errors/0/path")).isEqualTo("reason");
    assertThat(refused.text("/remedy")).startsWith("Shorten it");
    assertThat(environment.get("/api/v1/batches/" + id).text("/status")).isEqualTo("running");
  }

  @Test
  void aRepeatedOrderIsCarriedOutOnce() {
    String id = environment.startBatch("");
    String batch = "/api/v1/batches/" + id;
    for (int i = 0; i < 2; i++) {
      Answer paused = environment.once("pause-once", "POST", batch + "/pause", null);
      assertThat(paused.status()).as(paused.response().body()).isEqualTo(200);
      assertThat(paused.body().at("/paused").asBoolean()).isTrue();
    }
    assertThat(environment.once("pause-twice", "POST", batch + "/pause", null).status())
        .as("what was refused leaves no trace")
        .isEqualTo(409);
    Answer other = environment.once("pause-once", "POST", batch + "/interrupt", null);
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.text("/code")).isEqualTo("IDEMPOTENCY_KEY_REUSED");

    assertThat(environment.once("pause-twice", "POST", batch + "/resume", null).status())
        .isEqualTo(200);
    assertThat(environment.once("pause-twice", "POST", batch + "/resume", null).status())
        .isEqualTo(200);
  }

  @Test
  void pausesAndResumes() {
    String id = environment.startBatch("");
    Answer paused = environment.post("/api/v1/batches/" + id + "/pause", null);
    assertThat(paused.status()).isEqualTo(200);
    assertThat(paused.body().at("/paused").asBoolean()).isTrue();

    Answer again = environment.post("/api/v1/batches/" + id + "/pause", null);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text("/detail")).isEqualTo("The batch is paused already.");

    Answer resumed = environment.post("/api/v1/batches/" + id + "/resume", null);
    assertThat(resumed.status()).isEqualTo(200);
    assertThat(resumed.body().at("/paused").asBoolean()).isFalse();
    assertThat(environment.post("/api/v1/batches/" + id + "/resume", null).status()).isEqualTo(409);
  }

  @Test
  void interruptsAndGoesOnUnderTheSameId() {
    String id = environment.startBatch("");
    Answer interrupted =
        environment.post("/api/v1/batches/" + id + "/interrupt", "{\"reason\": \"lunch\"}");
    assertThat(interrupted.status()).as(interrupted.response().body()).isEqualTo(200);
    awaitStatus(id, "interrupted");
    assertThat(batch(id).text("/interruption")).isEqualTo("lunch (by operator)");
    assertThat(batch(id).body().at("/resumable").asBoolean()).isTrue();
    assertThat(environment.post("/api/v1/batches/" + id + "/pause", null).text("/code"))
        .isEqualTo("BATCH_NOT_RUNNING");

    awaitResume(id);
    assertThat(batch(id).text("/status")).isEqualTo("running");
    assertThat(batch(id).body().at("/interruption").isMissingNode()).isTrue();
    assertThat(batch(id).text("/startedAt")).isEqualTo(interrupted.text("/startedAt"));
  }

  @Test
  void resumesAFailedBatchFromItsHistoryAlone() {
    String id = environment.startBatch("\"fails\"");
    awaitStatus(id, "failed");
    assertThat(batch(id).text("/tables/0/error/code")).isEqualTo("TABLE_NOT_FOUND");
    assertThat(
            environment.get("/api/v1/batches/" + id + "/tables?failed=true").body().at("/tables"))
        .hasSize(1);

    Answer resumed = environment.post("/api/v1/batches/" + id + "/resume", null);
    assertThat(resumed.status()).as(resumed.response().body()).isEqualTo(200);
    assertThat(resumed.text("/status")).isEqualTo("running");
    assertThat(resumed.text("/options/tables/0")).isEqualTo("fails");
  }

  @Test
  void resumesFromTheArchiveAlone() {
    String id = "sync_20251108_143052_forgotten";
    Instant startedAt = Instant.parse("2025-11-08T14:30:52Z");
    archive(id, "interrupted", startedAt, startedAt.plusSeconds(60));
    assertThat(batch(id).text("/status")).isEqualTo("interrupted");
    assertThat(batch(id).body().at("/live").asBoolean()).isFalse();

    Answer resumed = environment.post("/api/v1/batches/" + id + "/resume", null);
    assertThat(resumed.status()).as(resumed.response().body()).isEqualTo(200);
    assertThat(resumed.text("/id")).isEqualTo(id);
    assertThat(resumed.text("/status")).isEqualTo("running");
    assertThat(resumed.text("/startedAt")).isEqualTo("2025-11-08T14:30:52Z");
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(batch(id).body().at("/live").asBoolean()).isTrue());
    assertThat(batch(id).text("/tables/1/status")).isEqualTo("completed");
    assertThat(batch(id).number("/tables/1/recordsProcessed")).isEqualTo(10);
  }

  @Test
  void aCompletedBatchIsNotResumed() {
    String id = environment.startBatch("\"completes\"");
    awaitStatus(id, "completed");
    assertThat(batch(id).number("/progressPercent")).isEqualTo(100);
    Answer refused = environment.post("/api/v1/batches/" + id + "/resume", null);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("/code")).isEqualTo("BATCH_COMPLETED");

    String forgotten = "sync_20251108_143052_completed";
    archive(forgotten, "completed", Instant.now(), Instant.now());
    assertThat(environment.post("/api/v1/batches/" + forgotten + "/resume", null).status())
        .isEqualTo(409);
  }

  @Test
  void steersOneTable() {
    String id = environment.startBatch("");
    String tables = "/api/v1/batches/" + id + "/tables/";

    Answer skipped = environment.post(tables + "pgsql_lmp.CInvoice/skip", null);
    assertThat(skipped.status()).as(skipped.response().body()).isEqualTo(200);
    assertThat(skipped.text("/id")).isEqualTo("pgsql_lmp.public.c_invoice");
    assertThat(skipped.text("/status")).isEqualTo("skipped");
    assertThat(environment.post(tables + "pgsql_lmp.c_invoice/skip", null).text("/detail"))
        .isEqualTo("pgsql_lmp.public.c_invoice is skipped already.");
    assertThat(environment.post(tables + "pgsql_lmp.public.c_invoice/retry", null).text("/status"))
        .isEqualTo("pending");

    Answer paused = environment.post(tables + "pgsql_sby.ad_org/pause", null);
    assertThat(paused.body().at("/paused").asBoolean()).isTrue();
    Answer resumed = environment.post(tables + "pgsql_sby.ad_org/resume", null);
    assertThat(resumed.body().at("/paused").asBoolean()).isFalse();

    Answer ambiguous = environment.post(tables + "AdOrg/skip", null);
    assertThat(ambiguous.status()).isEqualTo(409);
    assertThat(ambiguous.text("/detail"))
        .contains("pgsql_lmp.public.ad_org", "pgsql_sby.public.ad_org");
    Answer unknown = environment.post(tables + "nothing/skip", null);
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.text("/code")).isEqualTo("TABLE_NOT_FOUND");
  }

  @Test
  void everyNameThatIsPrintedSteersItsTable() {
    String id = environment.startBatch("\"odd\"");
    Answer batch = batch(id);
    assertThat(batch.body().at("/tables")).hasSize(14);
    batch
        .body()
        .at("/tables")
        .forEach(
            table -> {
              String full = table.at("/id").asString();
              String name = table.at("/name").asString();
              String connection = table.at("/connection").asString();
              String raw = connection + ".public." + table.at("/table").asString();
              for (String printed :
                  List.of(full, connection + "." + name, connection + ".public." + name, raw)) {
                Answer paused = order(id, printed, "pause");
                assertThat(paused.status()).as(printed + paused.response().body()).isEqualTo(200);
                assertThat(paused.text("/id")).isEqualTo(full);
                assertThat(order(id, printed, "resume").text("/id")).isEqualTo(full);
              }
            });
    assertThat(order(id, "pgsql_lmp.OrderLine", "skip").text("/table")).isEqualTo("OrderLine");
    assertThat(order(id, "pgsql_sby.order_line", "skip").text("/table")).isEqualTo("order_line");
    assertThat(order(id, "pgsql_sby.\"OrderLine\"", "skip").text("/name")).isEqualTo("OrderLine");
    assertThat(order(id, "pgsql_lmp.order details", "skip").text("/name"))
        .isEqualTo("\"order details\"");
    assertThat(order(id, "pgsql_lmp.order.line", "skip").text("/name")).isEqualTo("\"order.line\"");
  }

  @Test
  void anUnknownTableNamesTheNearest() {
    String id = environment.startBatch("");
    Answer unknown = order(id, "pgsql_lmp.c_invioce", "skip");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.text("/detail"))
        .endsWith("Did you mean pgsql_lmp.c_invoice or pgsql_sby.c_invoice?");
    Answer refused = order(id, "pgsql_lmp.c_invoice", "retry");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("/code")).isEqualTo("REFUSED");
    assertThat(refused.text("/remedy")).contains("can be retried");
  }

  @Test
  void aBatchIsListedTheMomentItHasStarted() {
    environment.stopWorker();
    try {
      String id = environment.startBatch("");
      assertThat(environment.get("/api/v1/batches/latest").text("/id")).isEqualTo(id);
      assertThat(row(id, "running")).isEqualTo("running");
    } finally {
      environment.restartWorker();
    }
  }

  @Test
  void aResumedBatchIsListedAsRunning() {
    String id = environment.startBatch("\"fails\"");
    awaitStatus(id, "failed");
    archive(id, "failed", Instant.now(), Instant.now());
    assertThat(row(id, "failed")).isEqualTo("failed");
    awaitResume(id);
    assertThat(row(id, "failed")).isEmpty();
    assertThat(row(id, "running")).isEqualTo("running");
  }

  @Test
  void whatABodyNamesAndTheConfigurationHasNotIsUnprocessable() {
    Answer batch = environment.post("/api/v1/batches", "{\"batch\": \"branch\"}");
    assertThat(batch.status()).isEqualTo(422);
    assertThat(batch.text("/code")).isEqualTo("BATCH_NOT_CONFIGURED");
    assertThat(batch.text("/detail")).endsWith("Did you mean branches?");
  }

  private static Answer order(String id, String table, String order) {
    String segment = URLEncoder.encode(table, StandardCharsets.UTF_8).replace("+", "%20");
    return environment.post("/api/v1/batches/" + id + "/tables/" + segment + "/" + order, null);
  }

  @Test
  void listsFromTheArchivePageByPage() {
    Instant start = Instant.parse("2030-01-01T00:00:00Z");
    for (int i = 0; i < 5; i++) {
      archive("sync_20300101_00000" + i + "_listlist", "completed", start.plusSeconds(i), start);
    }
    List<String> ids = new ArrayList<>();
    String query = "/api/v1/batches?limit=2&name=branches&connection=pgsql_lmp&status=completed";
    Answer page = environment.get(query);
    assertThat(page.body().at("/batches/0/tables").isMissingNode()).isTrue();
    assertThat(page.number("/batches/0/recordsProcessed")).isEqualTo(20);
    for (int i = 0; i < 2; i++) {
      page.body().at("/batches").forEach(batch -> ids.add(batch.at("/id").asString()));
      page = environment.get(query + "&cursor=" + page.text("/nextCursor"));
    }
    assertThat(ids)
        .containsExactly(
            "sync_20300101_000004_listlist",
            "sync_20300101_000003_listlist",
            "sync_20300101_000002_listlist",
            "sync_20300101_000001_listlist");
    assertThat(environment.get("/api/v1/batches/latest").text("/id"))
        .isEqualTo("sync_20300101_000004_listlist");

    Answer wrong = environment.get("/api/v1/batches?limit=0&status=lost");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.body().at("/errors")).hasSize(2);
    assertThat(environment.get("/api/v1/batches?cursor=x").text("/errors/0/path"))
        .isEqualTo("cursor");
    assertThat(environment.get("/api/v1/batches?limit=x").status()).isEqualTo(400);
  }

  @Test
  void aTerminatedBatchDoesNotShowAsRunning() {
    String id = environment.startBatch("");
    archive(id, "running", Instant.now(), null);
    assertThat(row(id, "running")).isEqualTo("running");

    environment.temporal().newUntypedWorkflowStub(id).terminate("by hand");
    assertThat(row(id, "running")).isEmpty();
    Answer all = environment.get("/api/v1/batches?limit=100");
    assertThat(all.response().body()).contains(id);
    Answer batch = batch(id);
    assertThat(batch.text("/status")).isEqualTo("interrupted");
    assertThat(batch.text("/endedAt")).isNotEmpty();
    assertThat(batch.body().at("/resumable").asBoolean()).isTrue();
    awaitResume(id);
  }

  /** Its workflow would answer with four tables, and take its time. */
  @Test
  void aBatchThatCouldNotArchiveItsEndIsListedAsItEndedWithWhatTheArchiveHas() {
    String id = environment.startBatch("\"completes\"");
    awaitStatus(id, "completed");
    archive(id, "running", Instant.now(), null);

    var row =
        environment
            .get("/api/v1/batches?limit=100")
            .body()
            .at("/batches")
            .valueStream()
            .filter(one -> one.at("/id").asString().equals(id))
            .findFirst()
            .orElseThrow();
    assertThat(row.at("/status").asString()).isEqualTo("completed");
    assertThat(row.at("/endedAt").asString()).isNotEmpty();
    assertThat(row.at("/completedTables").asInt()).isEqualTo(1);
    assertThat(row.at("/totalTables").asInt()).isEqualTo(2);
    assertThat(batch(id).number("/totalTables")).isEqualTo(4);
    assertThat(row.at("/tables").isMissingNode()).isTrue();
  }

  @Test
  void aReasonIsToldFromTheArchiveToo() {
    String id = "sync_20251108_143052_reasoned";
    Instant startedAt = Instant.parse("2025-11-08T14:30:52Z");
    archive(id, "interrupted", startedAt, startedAt.plusSeconds(60), "lunch (by ci)");
    assertThat(batch(id).text("/interruption")).isEqualTo("lunch (by ci)");
    assertThat(environment.get("/api/v1/batches?limit=100").response().body())
        .contains("lunch (by ci)");
  }

  @Test
  void aBatchThatTemporalForgotDoesNotShowAsRunning() {
    String id = "sync_20251108_143052_lostlost";
    archive(id, "running", Instant.now(), null);
    assertThat(batch(id).text("/status")).isEqualTo("interrupted");
    assertThat(row(id, "running")).isEmpty();
  }

  private static String row(String id, String status) {
    for (var row :
        environment.get("/api/v1/batches?limit=100&status=" + status).body().at("/batches")) {
      if (row.at("/id").asString().equals(id)) {
        return row.at("/status").asString();
      }
    }
    return "";
  }

  private static Answer start(String body, Map<String, String> headers) {
    return environment.send("POST", "/api/v1/batches", ApiEnvironment.OPERATOR, body, headers);
  }

  private static Answer batch(String id) {
    return environment.get("/api/v1/batches/" + id);
  }

  private static void awaitStatus(String id, String status) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(batch(id).text("/status")).isEqualTo(status));
  }

  /** The workflow says that it is interrupted a moment before its run is closed. */
  private static void awaitResume(String id) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(environment.post("/api/v1/batches/" + id + "/resume", null).status())
                    .isEqualTo(200));
  }

  private static void archive(
      String id, String status, Instant startedAt, @Nullable Instant endedAt) {
    archive(id, status, startedAt, endedAt, null);
  }

  private static void archive(
      String id,
      String status,
      Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable String interruption) {
    BatchOptions options = new BatchOptions(List.of(), List.of(), "ci");
    BatchSpec spec =
        new BatchSpec(
            "branches",
            List.of(new SourceSpec("pgsql_lmp", Map.of())),
            "dashboard",
            List.of("*"),
            List.of(),
            TableSpec.DEFAULT,
            Map.of(),
            4,
            2,
            RetrySpec.DEFAULT,
            WhenBusy.WAIT,
            true);
    environment
        .control()
        .batches()
        .save(
            new ArchivedBatch(
                id,
                "branches",
                status,
                false,
                2,
                1,
                0,
                0,
                PayloadJson.write(options),
                PayloadJson.write(spec),
                startedAt,
                endedAt,
                "ci",
                Instant.now(),
                null,
                interruption),
            List.of(table(id, "ad_org", "pending", 0), table(id, "c_invoice", "completed", 1)));
  }

  private static ArchivedTable table(String id, String table, String status, int position) {
    return new ArchivedTable(
        id,
        "pgsql_lmp",
        "public",
        table,
        "X",
        table,
        status,
        10,
        5,
        3,
        2,
        4,
        1,
        25,
        null,
        null,
        null,
        null,
        null,
        0,
        position,
        List.of());
  }
}
