package dev.tidemark.api.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.api.Answer;
import dev.tidemark.api.ApiEnvironment;
import java.io.IOException;
import java.time.Duration;
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
    environment = new ApiEnvironment();
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
    assertThat(ended.body().at("/rows").asLong()).isEqualTo(1200);
    assertThat(ended.body().at("/estimatedSeconds").asDouble())
        .as("without the table that would be refused")
        .isEqualTo(12.3);
    assertThat(ended.body().at("/guessedTables").asInt()).isEqualTo(1);
    assertThat(ended.text("/tables/0/id")).isEqualTo("pgsql_sby.public.ad_org");
    assertThat(ended.text("/tables/0/fate")).isEqualTo("created");
    assertThat(ended.text("/tables/0/columns/0/refused")).isEqualTo("NaN");
    assertThat(ended.text("/tables/0/statements/0")).startsWith("CREATE TABLE");
    assertThat(ended.body().at("/tables/0/estimatedSeconds").asDouble()).isEqualTo(12.3);
    assertThat(ended.text("/tables/0/paceFrom")).isEqualTo("guess");
    assertThat(ended.text("/tables/1/refusals/0/code")).isEqualTo("TABLE_NOT_FOUND");
    assertThat(ended.text("/tables/1/refusals/0/remedy")).isEqualTo("Create it.");
  }

  @Test
  void tellsStatementsOnlyWhereTheyAreAskedFor() {
    String id = environment.post(PLANS, "{}").text("/id");
    assertThat(ended(id).body().at("/tables/0/statements")).isEmpty();
  }

  @Test
  void startsOnePlanForAnIdempotencyKey() {
    Map<String, String> key = Map.of("Idempotency-Key", "plan-once");
    Answer first = environment.send("POST", PLANS, ApiEnvironment.OPERATOR, null, key);
    Answer second = environment.send("POST", PLANS, ApiEnvironment.OPERATOR, null, key);
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.text("/id")).isEqualTo(first.text("/id"));
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
