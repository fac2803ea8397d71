package dev.tidemark.api.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.api.Answer;
import dev.tidemark.api.ApiEnvironment;
import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.batch.BatchInput;
import dev.tidemark.workflows.batch.SourceSpec;
import dev.tidemark.workflows.table.Deletes;
import dev.tidemark.workflows.table.SyncMode;
import io.temporal.api.common.v1.Payloads;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RepairsIT {

  private static final String REPAIRS = "/api/v1/repairs";
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

  private static BatchInput input(String id) {
    Payloads payloads =
        environment
            .temporal()
            .fetchHistory(id)
            .getEvents()
            .getFirst()
            .getWorkflowExecutionStartedEventAttributes()
            .getInput();
    return Objects.requireNonNull(
        PayloadJson.DATA_CONVERTER.fromPayloads(
            0, Optional.of(payloads), BatchInput.class, BatchInput.class));
  }

  private static Answer ended(String id) {
    await()
        .atMost(SOON)
        .until(() -> !environment.get("/api/v1/batches/" + id).text("/status").equals("running"));
    return environment.get("/api/v1/batches/" + id);
  }

  private static String verification() {
    return verification("{\"connections\": [\"pgsql_sby\"]}");
  }

  private static String verification(String body) {
    String id = environment.post("/api/v1/verifications", body).text("/id");
    await()
        .atMost(SOON)
        .until(
            () ->
                environment.get("/api/v1/verifications/" + id).text("/status").equals("completed"));
    return id;
  }

  @Test
  void aRepairIsABatchThatComparesEveryTable() {
    Answer started =
        environment.post(
            REPAIRS, "{\"tables\": [\"completes\", \"MProduct\"], \"deletes\": \"hard\"}");
    assertThat(started.status()).as(started.response().body()).isEqualTo(201);
    String id = started.text("/id");
    assertThat(id).matches("repair_\\d{8}_\\d{6}_\\w{8}");
    assertThat(started.header("Location")).isEqualTo("/api/v1/batches/" + id);
    assertThat(started.text("/kind")).isEqualTo("repair");

    BatchInput input = input(id);
    assertThat(input.spec().tableDefaults().mode().mode()).isEqualTo(SyncMode.DIFF);
    assertThat(input.spec().tableDefaults().mode().deletes()).isEqualTo(Deletes.HARD);
    assertThat(input.spec().tableSpec("MProduct").mode().mode()).isEqualTo(SyncMode.DIFF);
    assertThat(input.spec().tableSpec("MProduct").target()).isEqualTo("products");
    assertThat(input.spec().verify()).isFalse();

    Answer ended = ended(id);
    assertThat(ended.text("/status")).isEqualTo("completed");
    assertThat(ended.number("/recordsDeleted")).isEqualTo(20);
    assertThat(ended.number("/recordsExtra")).isEqualTo(8);
    assertThat(ended.number("/tables/0/recordsDeleted")).isEqualTo(5);
    assertThat(ended.number("/tables/0/recordsExtra")).isEqualTo(2);
    assertThat(ended.number("/tables/0/deadLetters")).isEqualTo(3);
    assertThat(ended.number("/tables/0/recordsDecided")).isEqualTo(4);
    assertThat(ended.body().has("verification")).isFalse();
    Answer listed = environment.get("/api/v1/batches?limit=100");
    assertThat(listed.response().body()).contains(id);
  }

  /** A row that comes back would stay marked: passes of mode full know of no marks. */
  @Test
  void marksNoRowsOfTablesWhoseSyncsKnowOfNoMarks() {
    for (String tables : List.of("", "\"tables\": [\"AdOrg\"], ")) {
      Answer refused = environment.post(REPAIRS, "{" + tables + "\"deletes\": \"soft\"}");
      assertThat(refused.status()).as(refused.response().body()).isEqualTo(422);
      assertThat(refused.text("/code")).isEqualTo("SOFT_DELETES_UNKNOWN");
    }
  }

  @Test
  void takesJustTheTablesInWhichAVerificationFoundDifferences() {
    String verification = verification();
    Answer started =
        environment.post(REPAIRS, "{\"verification\": \"" + verification + "\", \"verify\": true}");
    assertThat(started.status()).as(started.response().body()).isEqualTo(201);
    assertThat(started.text("/options/tables/0")).isEqualTo("pgsql_sby.public.ad_org");
    BatchInput input = input(started.text("/id"));
    assertThat(input.spec().sources())
        .extracting(SourceSpec::connection)
        .containsExactly("pgsql_sby");
    assertThat(input.spec().tables()).containsExactly("\"pgsql_sby\".\"public\".\"ad_org\"");
    assertThat(input.spec().tableDefaults().mode().deletes()).isEqualTo(Deletes.IGNORE);
    assertThat(input.spec().verify()).isTrue();
    environment.post("/api/v1/batches/" + started.text("/id") + "/interrupt", null);
  }

  /** Whoever repaired that would find the same again. */
  @Test
  void rowsInDeadLettersAreNothingToRepair() {
    String verification = verification("{\"tables\": [\"refused\"]}");
    Answer refused = environment.post(REPAIRS, "{\"verification\": \"" + verification + "\"}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("/code")).isEqualTo("NOTHING_TO_REPAIR");
    assertThat(refused.text("/remedy")).contains("letters list");
  }

  @Test
  void showsWhatTheComparisonOfABatchFound() {
    String id =
        environment
            .post("/api/v1/batches", "{\"tables\": [\"completes\"], \"verify\": true}")
            .text("/id");
    Answer ended = ended(id);
    assertThat(ended.text("/kind")).isEqualTo("batch");
    assertThat(ended.text("/status")).isEqualTo("completed");
    assertThat(ended.body().at("/verification/equal").asBoolean(true)).isFalse();
    assertThat(ended.text("/verification/id")).isEqualTo("verify_1");
    assertThat(ended.number("/verification/differingTables")).isEqualTo(1);
    assertThat(ended.number("/verification/durationSeconds")).isEqualTo(2);
    assertThat(ended.text("/verification/tables/0/id")).isEqualTo("pgsql_lmp.public.ad_org");
    assertThat(ended.number("/verification/tables/0/different")).isEqualTo(1);
    assertThat(ended.body().at("/verification/repairable").asBoolean(false)).isTrue();
    assertThat(ended.number("/verification/recordsDecided")).isZero();
  }

  @Test
  void refusesWhatMakesNoSense() {
    Answer mistakes =
        environment.post(
            REPAIRS,
            "{\"batch\": \"branches\", \"verification\": \"verify_1\", \"deletes\": \"all\"}");
    assertThat(mistakes.status()).isEqualTo(422);
    assertThat(mistakes.text("/errors/0/path")).isEqualTo("deletes");
    assertThat(mistakes.text("/errors/1/path")).isEqualTo("verification");
    Answer unknown =
        environment.post(REPAIRS, "{\"verification\": \"verify_20251108_143052_aB3dEf9h\"}");
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.text("/code")).isEqualTo("VERIFICATION_NOT_FOUND");
    assertThat(environment.send("POST", REPAIRS, ApiEnvironment.VIEWER, null).status())
        .isEqualTo(403);
  }

  @Test
  void aRepeatedRequestIsAnsweredThoughItsVerificationIsGone() {
    String id = environment.post(REPAIRS, "{\"tables\": [\"completes\"]}").text("/id");
    String gone = "verify_20251108_143052_goneGone";
    environment
        .control()
        .idempotencyKeys()
        .reserve(
            "configuration:operator",
            "repair mended",
            PayloadJson.write(new RepairRequest(null, null, null, gone, null, null, null)),
            id);
    String body = "{\"verification\": \"" + gone + "\"}";
    Answer again = environment.once("mended", "POST", REPAIRS, body);
    assertThat(again.status()).as(again.response().body()).isEqualTo(201);
    assertThat(again.text("/id")).isEqualTo(id);
    assertThat(environment.post(REPAIRS, body).status()).isEqualTo(422);
    assertThat(environment.once("mended", "POST", REPAIRS, "{}").text("/code"))
        .isEqualTo("IDEMPOTENCY_KEY_REUSED");
  }

  @Test
  void startsOneRepairForAnIdempotencyKeyThatBatchesMayHaveToo() {
    Map<String, String> key = Map.of("Idempotency-Key", "once");
    String body = "{\"tables\": [\"completes\"]}";
    Answer first = environment.send("POST", REPAIRS, ApiEnvironment.OPERATOR, body, key);
    Answer second = environment.send("POST", REPAIRS, ApiEnvironment.OPERATOR, body, key);
    assertThat(second.text("/id")).isEqualTo(first.text("/id"));
    Answer batch = environment.send("POST", "/api/v1/batches", ApiEnvironment.OPERATOR, body, key);
    assertThat(batch.text("/id")).startsWith("sync_");
  }
}
