package dev.tidemark.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.ApiCall;
import dev.tidemark.cli.ApiCall.Answer;
import dev.tidemark.cli.CommandRun;
import dev.tidemark.cli.Installation;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API against real servers and processes, as a program would call it. */
class SteeringIT {

  private static final int INVOICES = 40_000;
  private static final String INVOICES_ID = "pgsql_lmp.public.c_invoice";
  private static final String KEYLESS_ID = "pgsql_sby.public.keyless";

  @TempDir private static Path folder;
  private static Installation tidemark;

  @BeforeAll
  static void start() throws Exception {
    tidemark = Installation.start(folder, INVOICES);
  }

  @AfterAll
  static void stop() {
    if (tidemark != null) {
      tidemark.close();
    }
  }

  @BeforeEach
  void everythingIsOnline() throws Exception {
    tidemark.goOnline();
    tidemark.dropCopies("c_invoice");
  }

  @Test
  void aBatchAndItsTablesTakeOrdersWhileTheyRun() throws Exception {
    tidemark.change("pgsql_sby", "DROP TABLE IF EXISTS keyless; CREATE TABLE keyless (v int)");
    String batch =
        begin("{\"connections\": [\"pgsql_lmp\", \"pgsql_sby\"]}", "a key for this alone");
    try (Connection held = holdInvoices(batch)) {
      Answer paused = post(batch + "/pause", "{}");
      assertThat(paused.status()).isEqualTo(200);
      assertThat(paused.body().path("paused").asBoolean()).isTrue();
      assertThat(paused.text("/status")).isEqualTo("running");
      held.rollback();
    }
    patiently().until(() -> get(batch).body().path("inProgressTables").asInt() == 0);
    long half = tidemark.copied("pgsql_lmp", "c_invoice");
    assertThat(half).isBetween(1L, INVOICES - 1L);
    assertThat(table(batch, INVOICES_ID).path("status").asText()).isEqualTo("pending");
    assertThat(table(batch, INVOICES_ID).path("recordsProcessed").asLong()).isEqualTo(half);
    assertRefused(post(batch + "/pause", "{}"), "already paused");

    assertRefused(post(batch + "/tables/CInvoice/pause", "{}"), INVOICES_ID);
    Answer pausedTable = post(batch + "/tables/pgsql_lmp.CInvoice/pause", "{}");
    assertThat(pausedTable.status()).isEqualTo(200);
    assertThat(pausedTable.text("/id")).isEqualTo(INVOICES_ID);
    assertThat(pausedTable.body().path("paused").asBoolean()).isTrue();

    assertThat(post(batch + "/resume", "{}").body().path("paused").asBoolean()).isFalse();
    awaitTable(batch, KEYLESS_ID, "failed");
    assertThat(table(batch, KEYLESS_ID).at("/error/code").asText()).isEqualTo("NO_KEY");
    assertThat(table(batch, KEYLESS_ID).at("/error/remedy").asText()).isNotBlank();

    assertThat(post(batch + "/tables/Keyless/skip", "{}").text("/status")).isEqualTo("skipped");
    tidemark.change("pgsql_sby", "ALTER TABLE keyless ADD PRIMARY KEY (v)");
    assertThat(post(batch + "/tables/keyless/retry", "{}").status()).isEqualTo(200);
    awaitTable(batch, KEYLESS_ID, "completed");
    assertRefused(post(batch + "/tables/keyless/retry", "{}"), "has completed");
    assertThat(tidemark.copied("pgsql_lmp", "c_invoice")).isEqualTo(half);

    assertThat(post(batch + "/tables/pgsql_lmp.c_invoice/resume", "{}").status()).isEqualTo(200);
    awaitBatch(batch, "completed");
    assertThat(table(batch, INVOICES_ID).path("recordsInserted").asLong()).isEqualTo(INVOICES);
    assertThat(get(batch).body().path("failedTables").asInt()).isZero();
    assertRefused(post(batch + "/pause", "{}"), "completed");
    assertRefused(post(batch + "/resume", "{}"), "nothing to resume");
  }

  @Test
  void anInterruptedBatchGoesOnWhereItStopped() throws Exception {
    String batch = begin("{\"connections\": [\"pgsql_lmp\"]}", "another key for this");
    try (Connection held = holdInvoices(batch)) {
      assertThat(post(batch + "/interrupt", "{\"reason\": \"maintenance\"}").status())
          .isEqualTo(200);
      held.rollback();
    }
    awaitBatch(batch, "interrupted");
    assertThat(get(batch).body().path("resumable").asBoolean()).isTrue();
    assertRefused(post(batch + "/interrupt", "{}"), "interrupted");

    assertThat(post(batch + "/resume", "{}").text("/status")).isEqualTo("running");

    awaitBatch(batch, "completed");
    assertThat(table(batch, INVOICES_ID).path("recordsInserted").asLong()).isEqualTo(INVOICES);
    assertThat(table(batch, INVOICES_ID).path("recordsSkipped").asLong()).isZero();
    assertThat(get("/api/v1/batches?status=completed&limit=1").text("/batches/0/id"))
        .isEqualTo(id(batch));
  }

  @Test
  void aDetachedBatchIsSteeredByCommands() throws Exception {
    CommandRun started = tidemark.run("sync-all", "--connection", "pgsql_lmp", "--detach");
    String batch = "/api/v1/batches/" + idIn(started.out());
    try (Connection held = holdInvoices(batch)) {
      assertThat(tidemark.run("batches", "pause", id(batch), "CInvoice").out())
          .contains("pgsql_lmp.c_invoice is paused.");
      assertThat(tidemark.run("batches", "pause", id(batch), "c_invoice").err())
          .contains("already paused");
      assertThat(tidemark.run("batches", "resume", id(batch), "c_invoice").exitCode()).isZero();
      assertThat(tidemark.run("batches", "interrupt", id(batch), "--reason", "lunch").exitCode())
          .isZero();
      held.rollback();
    }
    awaitBatch(batch, "interrupted");
    assertThat(get(batch).text("/interruption")).isEqualTo("lunch (by local)");
    assertThat(tidemark.run("sync-status", id(batch)).out()).contains("lunch (by local)");
    assertThat(tidemark.run("batches", "list", "--status", "interrupted").out())
        .contains(id(batch));

    assertThat(tidemark.run("batches", "resume", id(batch)).out()).contains("goes on");
    awaitBatch(batch, "completed");
    assertThat(get(batch).body().path("interruption").isMissingNode()).isTrue();
    assertThat(tidemark.copied("pgsql_lmp", "c_invoice")).isEqualTo(INVOICES);
  }

  private static String idIn(String text) {
    Matcher id = Pattern.compile("sync_\\w+").matcher(text);
    assertThat(id.find()).as(text).isTrue();
    return id.group();
  }

  @Test
  void anIdempotencyKeyStartsOneBatch() throws Exception {
    String organizations = "{\"connections\": [\"pgsql_sby\"], \"tables\": [\"AdOrg\"]}";
    ApiCall start = start(organizations).with("Idempotency-Key", "nightly 2025-11-08");

    Answer first = start.send();
    Answer second = start.send();

    assertThat(first.status()).isEqualTo(201);
    assertThat(first.text("/id")).matches("sync_\\d{8}_\\d{6}_[A-Za-z0-9]{8}");
    assertThat(first.location()).isEqualTo("/api/v1/batches/" + first.text("/id"));
    assertThat(second.text("/id")).isEqualTo(first.text("/id"));
    awaitBatch(first.location(), "completed");
    Answer other = start("{}").with("Idempotency-Key", "nightly 2025-11-08").send();
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.text("/code")).isEqualTo("IDEMPOTENCY_KEY_REUSED");
  }

  @Test
  void everyRefusalIsAProblemThatSaysWhatToDo() throws Exception {
    assertProblem(get("/api/v1/batches/x"), 404, "Batch ID [x] not found.");
    assertProblem(get("/api/v1/batches?limit=0"), 422, "from 1 to 100");
    assertProblem(start("{\"batch\": \"nightly\"}").send(), 422, "nightly");
    assertProblem(start("{\"connections\": [\"pgsql_mlg\"]}").send(), 422, "pgsql_mlg");
    assertProblem(start("{not json").send(), 400, "JSON");
    assertProblem(post("/api/v1/table-syncs", "{}"), 422, "must name a connection");
    assertProblem(get("/api/v1/nothing"), 404, "");
  }

  @Test
  void everyConnectionTellsHowItIs() throws Exception {
    tidemark.goOffline();

    Answer answer = get("/api/v1/connections");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("connections").findValuesAsText("name"))
        .containsExactlyInAnyOrder("pgsql_lmp", "pgsql_sby", "pgsql_offline", "dashboard");
    for (JsonNode connection : answer.body().path("connections")) {
      boolean offline = connection.path("name").asText().equals(Installation.OFFLINE);
      assertThat(connection.path("healthy").asBoolean()).isEqualTo(!offline);
      assertThat(connection.path("version").isNull()).isEqualTo(offline);
      assertThat(connection.at("/error/code").asText())
          .isEqualTo(offline ? "CONNECTION_FAILED" : "");
      assertThat(connection.at("/error/remedy").asText().isBlank()).isEqualTo(!offline);
    }
    assertThat(answer.body().toString()).doesNotContain("assword\":");
  }

  @Test
  void aKeyOpensWhatItsRoleAllows() throws Exception {
    assertProblem(ApiCall.get(url("/api/v1/batches")).send(), 401, "API key");
    Answer viewer = post("/api/v1/keys", "{\"name\": \"wall\", \"role\": \"viewer\"}");
    assertThat(viewer.status()).isEqualTo(201);
    String view = viewer.text("/key");
    String operate =
        post("/api/v1/keys", "{\"name\": \"cron\", \"role\": \"operator\"}").text("/key");
    String body = "{\"connections\": [\"pgsql_sby\"], \"tables\": [\"AdOrg\"]}";

    assertThat(ApiCall.get(url("/api/v1/batches")).as(view).send().status()).isEqualTo(200);
    assertThat(ApiCall.get(url("/api/v1/batches")).with("X-API-Key", view).send().status())
        .isEqualTo(200);
    assertProblem(ApiCall.post(url("/api/v1/batches"), body).as(view).send(), 403, "operator");
    Answer started = ApiCall.post(url("/api/v1/batches"), body).as(operate).send();
    assertThat(started.status()).isEqualTo(201);
    assertThat(started.text("/requestedBy")).isEqualTo("cron");
    awaitBatch(started.location(), "completed");
    assertProblem(ApiCall.get(url("/api/v1/keys")).as(operate).send(), 403, "admin");
    assertThat(get("/api/v1/keys").body().toString()).contains("wall").doesNotContain(view);

    String revoked = "/api/v1/keys/" + viewer.text("/id");
    assertThat(ApiCall.delete(url(revoked)).as(key()).send().status()).isEqualTo(204);
    assertProblem(ApiCall.get(url("/api/v1/batches")).as(view).send(), 401, "revoked");
  }

  @Test
  void itsDescriptionAndAPageToTryItAreServed() throws Exception {
    Answer description = ApiCall.get(url("/openapi.json")).send();
    assertThat(description.status()).isEqualTo(200);
    assertThat(description.body().path("paths").fieldNames())
        .toIterable()
        .contains("/api/v1/batches", "/api/v1/batches/{id}/tables/{table}/retry")
        .contains("/api/v1/connections", "/api/v1/table-syncs");
    assertThat(ApiCall.get(url("/docs")).send().status()).isIn(200, 302);
    assertThat(ApiCall.get(url("/api/v1/health")).send().text("/status")).isEqualTo("up");
  }

  private static String begin(String body, String idempotencyKey) throws Exception {
    Answer started = start(body).with("Idempotency-Key", idempotencyKey).send();
    assertThat(started.status()).isEqualTo(201);
    return started.location();
  }

  /** Waits until invoices are on their way, and lets none of them arrive until it is closed. */
  private static Connection holdInvoices(String batch) throws Exception {
    patiently()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> tidemark.copied("pgsql_lmp", "c_invoice") > 0);
    Connection held = tidemark.holdCopies("c_invoice");
    awaitTable(batch, INVOICES_ID, "in_progress");
    return held;
  }

  private static void awaitTable(String batch, String id, String status) {
    patiently().until(() -> table(batch, id).path("status").asText().equals(status));
  }

  private static void awaitBatch(String batch, String status) {
    patiently().until(() -> get(batch).text("/status").equals(status));
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(60)).ignoreExceptions();
  }

  private static void assertRefused(Answer answer, String said) {
    assertProblem(answer, 409, said);
  }

  private static void assertProblem(Answer answer, int status, String said) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.body().path("status").asInt()).isEqualTo(status);
    assertThat(answer.text("/code")).matches("[A-Z_]+");
    assertThat(answer.text("/title")).isNotBlank();
    assertThat(answer.text("/detail")).isNotBlank();
    assertThat(answer.body().toString()).contains(said);
  }

  private static JsonNode table(String batch, String id) throws Exception {
    for (JsonNode table : get(batch).body().path("tables")) {
      if (table.path("id").asText().equals(id)) {
        return table;
      }
    }
    throw new AssertionError(batch + " has no table " + id);
  }

  private static String id(String batch) {
    return batch.substring(batch.lastIndexOf('/') + 1);
  }

  private static Answer get(String path) throws Exception {
    return ApiCall.get(url(path)).as(key()).send();
  }

  private static Answer post(String path, String body) throws Exception {
    return ApiCall.post(url(path), body).as(key()).send();
  }

  private static ApiCall start(String body) {
    return ApiCall.post(url("/api/v1/batches"), body).as(key());
  }

  private static String url(String path) {
    return tidemark.api().url() + path;
  }

  private static String key() {
    String key = tidemark.api().key();
    assertThat(key).isNotNull();
    return key;
  }
}
