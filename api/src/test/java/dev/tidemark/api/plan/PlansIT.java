package dev.tidemark.api.plan;

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

class PlansIT {

  private static final String PLANS = "/api/v1/plans";
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
        .until(() -> environment.get(PLANS + "/" + id).text("/status").equals("completed"));
    return environment.get(PLANS + "/" + id);
  }

  @Test
  void startsAPlanAndShowsWhatABatchWouldDo() {
    Answer started = environment.post(PLANS, "{\"connections\": [\"pgsql_sby\"], \"ddl\": true}");
    assertThat(started.status()).as(started.response().body()).isEqualTo(201);
    String id = started.text("/id");
    assertThat(id).matches("plan_\\d{8}_\\d{6}_\\w{8}");
    assertThat(started.header("Location")).isEqualTo(PLANS + "/" + id);
    Answer ended = ended(id);
    assertThat(ended.text("/batch")).isEqualTo("branches");
    assertThat(ended.text("/workflowUrl")).endsWith(id);
    assertThat(ended.body().at("/passes").asBoolean(true)).isFalse();
    assertThat(ended.body().at("/rows").asLong()).isEqualTo(2400);
    assertThat(ended.body().at("/estimatedSeconds").asDouble())
        .as("without the tables that would be refused")
        .isEqualTo(12.3);
    assertThat(ended.body().at("/guessedTables").asInt()).isEqualTo(1);
    assertThat(ended.text("/tables/0/id")).isEqualTo("pgsql_sby.public.ad_org");
    assertThat(ended.text("/tables/0/fate")).isEqualTo("created");
    assertThat(ended.text("/tables/0/columns/0/refused")).isEqualTo("NaN");
    assertThat(ended.text("/tables/0/statements/0")).startsWith("CREATE TABLE");
    assertThat(ended.body().at("/tables/0/estimatedSeconds").asDouble()).isEqualTo(12.3);
    assertThat(ended.text("/tables/0/paceFrom")).isEqualTo("guess");
    assertThat(ended.text("/tables/1/refusals/0/code")).isEqualTo("COLUMN_MISMATCH");
    assertThat(ended.body().at("/tables/1/estimatedSeconds").asDouble()).isEqualTo(12.3);
    assertThat(ended.text("/tables/2/refusals/0/code")).isEqualTo("TABLE_NOT_FOUND");
    assertThat(ended.text("/tables/2/refusals/0/remedy")).isEqualTo("Create it.");
  }

  @Test
  void tellsStatementsOnlyWhereTheyAreAskedFor() {
    String id = environment.post(PLANS, "{}").text("/id");
    assertThat(ended(id).body().at("/tables/0/statements")).isEmpty();
  }

  @Test
  void listsThemPageByPage() {
    String first = environment.post(PLANS, "{}").text("/id");
    var ignored = ended(first);
    String second = environment.post(PLANS, "{\"tables\": [\"ad_org\"]}").text("/id");
    ignored = ended(second);
    // Temporal lists a run a moment after it has ended.
    String completed = PLANS + "?status=completed&batch=branches&limit=1";
    await().atMost(SOON).until(() -> environment.get(completed).text("/plans/0/id").equals(second));

    Answer listed = environment.get(completed);
    assertThat(listed.body().at("/plans")).hasSize(1);
    assertThat(listed.text("/plans/0/batch")).isEqualTo("branches");
    assertThat(listed.text("/plans/0/status")).isEqualTo("completed");
    assertThat(listed.text("/plans/0/endedAt")).isNotEmpty();
    Answer next = environment.get(completed + "&cursor=" + listed.text("/nextCursor"));
    assertThat(next.text("/plans/0/id")).isEqualTo(first);
    String cursor = listed.text("/nextCursor");
    String bent = (cursor.startsWith("A") ? "B" : "A") + cursor.substring(1);
    assertThat(environment.get(completed + "&cursor=" + bent).text("/errors/0/path"))
        .isEqualTo("cursor");

    for (String none :
        List.of("batch=it's", "batch=x' OR '1'='1", "batch=\\' OR 1=1", "status=failed")) {
      environment
          .get(PLANS + "?" + none.replace(" ", "%20").replace("\\", "%5C"))
          .assertListsNone("/plans");
    }
  }

  @Test
  void refusesWhatIsNoPage() {
    Answer answer = environment.get(PLANS + "?status=done&limit=0");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text("/errors/0/message"))
        .isEqualTo("must be one of completed, failed, interrupted, running");
    assertThat(answer.text("/errors/1/path")).isEqualTo("limit");
    for (String cursor : List.of("no-base64!".replace("!", "%21"), "bm9uZQ")) {
      Answer refused = environment.get(PLANS + "?cursor=" + cursor);
      assertThat(refused.status()).as(refused.response().body()).isEqualTo(422);
      assertThat(refused.text("/errors/0/path")).isEqualTo("cursor");
    }
  }

  @Test
  void interruptsOneThatRuns() {
    String id = environment.post(PLANS, "{\"tables\": [\"other\"]}").text("/id");
    await()
        .atMost(SOON)
        .until(() -> environment.get(PLANS + "?status=running").text("/plans/0/id").equals(id));

    Answer answer = environment.post(PLANS + "/" + id + "/interrupt", "{\"reason\": \"lunch\"}");
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    await()
        .atMost(SOON)
        .until(() -> environment.get(PLANS + "/" + id).text("/status").equals("interrupted"));

    assertThat(environment.get(PLANS + "/" + id).text("/interruption"))
        .isEqualTo("lunch (by operator)");

    Answer again = environment.post(PLANS + "/" + id + "/interrupt", null);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text("/code")).isEqualTo("PLAN_NOT_RUNNING");
    Answer unknown = environment.post(PLANS + "/plan_20251108_143052_aB3dEf9h/interrupt", null);
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(
            environment
                .send("POST", PLANS + "/" + id + "/interrupt", ApiEnvironment.VIEWER, null)
                .status())
        .isEqualTo(403);
  }

  @Test
  void startsOnePlanForAnIdempotencyKey() {
    Map<String, String> key = Map.of("Idempotency-Key", "plan-once");
    Answer first = environment.send("POST", PLANS, ApiEnvironment.OPERATOR, null, key);
    Answer second = environment.send("POST", PLANS, ApiEnvironment.OPERATOR, null, key);
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.text("/id")).isEqualTo(first.text("/id"));
    Answer other =
        environment.send("POST", PLANS, ApiEnvironment.OPERATOR, "{\"tables\": [\"x\"]}", key);
    assertThat(other.text("/code")).isEqualTo("IDEMPOTENCY_KEY_REUSED");
  }

  @Test
  void saysWhichSourcesABatchDoesNotTakeAndWhichPlansItDoesNotKnow() {
    Answer unknown = environment.post(PLANS, "{\"connections\": [\"dashboard\"]}");
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.response().body()).contains("is no source of batch branches");
    Answer missing = environment.get(PLANS + "/plan_20251108_143052_aB3dEf9h");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.text("/code")).isEqualTo("PLAN_NOT_FOUND");
    assertThat(environment.get(PLANS + "/verify_20251108_143052_aB3dEf9h").status()).isEqualTo(404);
  }

  @Test
  void takesAnOperatorToStartOne() {
    assertThat(environment.send("POST", PLANS, ApiEnvironment.VIEWER, null).status())
        .isEqualTo(403);
  }
}
