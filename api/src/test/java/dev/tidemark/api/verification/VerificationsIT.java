package dev.tidemark.api.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.api.Answer;
import dev.tidemark.api.ApiEnvironment;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class VerificationsIT {

  private static final String VERIFICATIONS = "/api/v1/verifications";
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

  private static Answer ended(String id) {
    await()
        .atMost(SOON)
        .until(() -> environment.get(VERIFICATIONS + "/" + id).text("/status").equals("completed"));
    return environment.get(VERIFICATIONS + "/" + id);
  }

  @Test
  void startsAVerificationAndShowsWhatItFound() {
    Answer started = environment.post(VERIFICATIONS, "{\"connections\": [\"pgsql_sby\"]}");
    assertThat(started.status()).as(started.response().body()).isEqualTo(201);
    String id = started.text("/id");
    assertThat(id).matches("verify_\\d{8}_\\d{6}_\\w{8}");
    assertThat(started.header("Location")).isEqualTo(VERIFICATIONS + "/" + id);
    Answer ended = ended(id);
    assertThat(ended.text("/batch")).isEqualTo("branches");
    assertThat(ended.text("/workflowUrl")).endsWith(id);
    assertThat(ended.body().at("/equal").asBoolean(true)).isFalse();
    assertThat(ended.text("/tables/0/id")).isEqualTo("pgsql_sby.public.ad_org");
    assertThat(ended.body().at("/tables/0/sourceRows").asLong()).isEqualTo(10);
    assertThat(ended.body().at("/tables/0/missing").asLong()).isEqualTo(1);
    assertThat(ended.text("/tables/0/keys/0/kind")).isEqualTo("different");
    assertThat(ended.text("/tables/0/keys/0/columns/0")).isEqualTo("name");
  }

  @Test
  void saysWhichKeysAreInDeadLetters() {
    Answer ended =
        ended(environment.post(VERIFICATIONS, "{\"tables\": [\"refused\"]}").text("/id"));
    assertThat(ended.body().at("/tables/0/inLetters").asLong()).isEqualTo(1);
    assertThat(ended.body().at("/tables/0/decided").asLong()).isEqualTo(1);
    assertThat(ended.body().at("/tables/0/keyless").asBoolean(true)).isFalse();
    assertThat(ended.text("/tables/0/keys/0/letter/id")).isEqualTo("cbef");
    assertThat(ended.text("/tables/0/keys/0/letter/state")).isEqualTo("open");
    assertThat(ended.text("/tables/0/keys/1/letter/state")).isEqualTo("edited");
  }

  @Test
  void namesAsManyKeysAsAsked() {
    String id = environment.post(VERIFICATIONS, "{\"limit\": 0}").text("/id");
    assertThat(ended(id).body().at("/tables/0/keys")).isEmpty();
    Answer refused = environment.post(VERIFICATIONS, "{\"limit\": 2001}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.response().body()).contains("must be from 0 to 2000");
  }

  @Test
  void listsThemPageByPage() {
    String first = environment.post(VERIFICATIONS, "{}").text("/id");
    var ignored = ended(first);
    String second = environment.post(VERIFICATIONS, "{\"tables\": [\"ad_org\"]}").text("/id");
    ignored = ended(second);
    // Temporal lists a run a moment after it has ended.
    String completed = VERIFICATIONS + "?status=completed&batch=branches&limit=1";
    await()
        .atMost(SOON)
        .until(() -> environment.get(completed).text("/verifications/0/id").equals(second));

    Answer listed = environment.get(completed);
    assertThat(listed.body().at("/verifications")).hasSize(1);
    assertThat(listed.text("/verifications/0/batch")).isEqualTo("branches");
    assertThat(listed.text("/verifications/0/status")).isEqualTo("completed");
    assertThat(listed.text("/verifications/0/endedAt")).isNotEmpty();
    assertThat(listed.body().at("/verifications/0/equal").asBoolean(true)).isFalse();
    assertThat(listed.body().at("/verifications/0/differingTables").asInt()).isEqualTo(1);
    Answer next = environment.get(completed + "&cursor=" + listed.text("/nextCursor"));
    assertThat(next.text("/verifications/0/id")).isEqualTo(first);
    String cursor = listed.text("/nextCursor");
    String bent = (cursor.startsWith("A") ? "B" : "A") + cursor.substring(1);
    assertThat(environment.get(completed + "&cursor=" + bent).text("/errors/0/path"))
        .isEqualTo("cursor");

    for (String none :
        List.of("batch=it's", "batch=x' OR '1'='1", "batch=\\' OR 1=1", "status=failed")) {
      environment
          .get(VERIFICATIONS + "?" + none.replace(" ", "%20").replace("\\", "%5C"))
          .assertListsNone("/verifications");
    }
  }

  @Test
  void refusesWhatIsNoPage() {
    Answer answer = environment.get(VERIFICATIONS + "?status=done&limit=0");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text("/errors/0/message"))
        .isEqualTo("must be one of completed, failed, interrupted, running");
    assertThat(answer.text("/errors/1/path")).isEqualTo("limit");
    for (String cursor : List.of("no-base64!".replace("!", "%21"), "bm9uZQ")) {
      Answer refused = environment.get(VERIFICATIONS + "?cursor=" + cursor);
      assertThat(refused.status()).as(refused.response().body()).isEqualTo(422);
      assertThat(refused.text("/errors/0/path")).isEqualTo("cursor");
    }
  }

  @Test
  void interruptsOneThatRuns() {
    String id = environment.post(VERIFICATIONS, "{\"tables\": [\"other\"]}").text("/id");
    await()
        .atMost(SOON)
        .until(
            () ->
                environment
                    .get(VERIFICATIONS + "?status=running")
                    .text("/verifications/0/id")
                    .equals(id));

    Answer answer =
        environment.post(VERIFICATIONS + "/" + id + "/interrupt", "{\"reason\": \"lunch\"}");
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    await()
        .atMost(SOON)
        .until(
            () -> environment.get(VERIFICATIONS + "/" + id).text("/status").equals("interrupted"));

    assertThat(environment.get(VERIFICATIONS + "/" + id).text("/interruption"))
        .isEqualTo("lunch (by operator)");

    Answer again = environment.post(VERIFICATIONS + "/" + id + "/interrupt", null);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text("/code")).isEqualTo("VERIFICATION_NOT_RUNNING");
    Answer unknown =
        environment.post(VERIFICATIONS + "/verify_20251108_143052_aB3dEf9h/interrupt", null);
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(
            environment
                .send("POST", VERIFICATIONS + "/" + id + "/interrupt", ApiEnvironment.VIEWER, null)
                .status())
        .isEqualTo(403);
  }

  @Test
  void startsOneVerificationForAnIdempotencyKey() {
    Map<String, String> key = Map.of("Idempotency-Key", "verify-once");
    Answer first = environment.send("POST", VERIFICATIONS, ApiEnvironment.OPERATOR, null, key);
    Answer second = environment.send("POST", VERIFICATIONS, ApiEnvironment.OPERATOR, null, key);
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.text("/id")).isEqualTo(first.text("/id"));
    Answer other =
        environment.send(
            "POST", VERIFICATIONS, ApiEnvironment.OPERATOR, "{\"tables\": [\"x\"]}", key);
    assertThat(other.text("/code")).isEqualTo("IDEMPOTENCY_KEY_REUSED");
  }

  @Test
  void saysWhichTablesABatchDoesNotTakeAndWhichVerificationsItDoesNotKnow() {
    Answer unknown = environment.post(VERIFICATIONS, "{\"connections\": [\"dashboard\"]}");
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.response().body()).contains("is no source of batch branches");
    Answer missing = environment.get(VERIFICATIONS + "/verify_20251108_143052_aB3dEf9h");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.text("/code")).isEqualTo("VERIFICATION_NOT_FOUND");
    assertThat(environment.get(VERIFICATIONS + "/sync_20251108_143052_aB3dEf9h").status())
        .isEqualTo(404);
  }

  @Test
  void takesAnOperatorToStartOne() {
    assertThat(environment.send("POST", VERIFICATIONS, ApiEnvironment.VIEWER, null).status())
        .isEqualTo(403);
  }
}
