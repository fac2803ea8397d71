package dev.tidemark.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.api.Answer;
import dev.tidemark.api.ApiEnvironment;
import dev.tidemark.connect.configuration.AskedSchedule;
import dev.tidemark.specs.schedule.Schedules;
import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.schedule.ScheduleOrigin;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SchedulesIT {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String PATH = "/api/v1/schedules";

  private static ApiEnvironment environment;

  @BeforeAll
  static void start() throws IOException {
    environment = ApiEnvironment.withSchedules();
  }

  @AfterAll
  static void stop() throws IOException {
    if (environment != null) {
      environment.close();
    }
  }

  @Test
  void makesShowsReplacesAndDeletesASchedule() {
    Answer made =
        environment.post(
            PATH,
            "{\"name\": \"nightly\", \"batch\": \"branches\", \"connections\": [\"pgsql_lmp\"],"
                + " \"cron\": [\"30 2 * * *\"], \"timeZone\": \"Asia/Jakarta\", \"overlap\":"
                + " \"buffer-one\", \"pauseOnFailure\": true, \"note\": \"${HOME}\"}");
    assertThat(made.status()).as(made.response().body()).isEqualTo(201);
    assertThat(made.header("Location")).isEqualTo(PATH + "/nightly");

    Answer shown = environment.get(PATH + "/nightly");
    assertThat(shown.text("/connections/0")).isEqualTo("pgsql_lmp");
    assertThat(shown.text("/cron/0")).isEqualTo("30 2 * * *");
    assertThat(shown.text("/nextTimes/0")).endsWith("T19:30:00Z");
    assertThat(shown.text("/overlap")).isEqualTo("buffer-one");
    assertThat(shown.text("/note")).isEqualTo("${HOME}");
    assertThat(shown.text("/origin")).isEqualTo("api");
    assertThat(shown.body().at("/runs").isEmpty()).isTrue();
    await()
        .atMost(SOON)
        .until(() -> environment.get(PATH).response().body().contains("\"nightly\""));

    Answer again =
        environment.post(
            PATH, "{\"name\": \"nightly\", \"batch\": \"branches\", \"every\": \"1h\"}");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text("/code")).isEqualTo("SCHEDULE_EXISTS");

    Answer replaced = put("nightly", "{\"batch\": \"branches\", \"every\": \"6h\"}");
    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.text("/every")).isEqualTo("6h");
    assertThat(replaced.body().at("/cron").isEmpty()).isTrue();

    assertThat(delete("nightly").status()).isEqualTo(204);
    assertThat(environment.get(PATH + "/nightly").status()).isEqualTo(404);
  }

  @Test
  void everyMistakeIsNamedAtItsProperty() {
    Answer refused =
        environment.post(
            PATH,
            "{\"name\": \"a b\", \"batch\": \"branches\", \"connections\": [\"mars\"], \"cron\":"
                + " [\"@daily\", \"60 * * * *\"], \"timeZone\": \"Mars\"}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(
            refused.body().at("/errors").valueStream().map(error -> error.get("path").asString()))
        .containsExactlyInAnyOrder("name", "connections[0]", "cron[1]", "timeZone");
    assertThat(environment.post(PATH, "{\"batch\": \"branches\"}").text("/errors/0/path"))
        .isEqualTo("name");
    assertThat(environment.post(PATH, "{\"name\": \"x\", \"crno\": []}").text("/detail"))
        .contains("[crno]");
  }

  @Test
  void runsNowAndShowsTheBatchWithItsOutcome() {
    make("now", "\"tables\": [\"completes\"], \"paused\": true");

    Answer run = environment.post(PATH + "/now/run", null);

    assertThat(run.status()).as(run.response().body()).isEqualTo(201);
    String batch = run.text("/batchId");
    assertThat(batch).matches("sync_\\d{8}_\\d{6}_[A-Za-z0-9]{8}");
    assertThat(run.header("Location")).isEqualTo("/api/v1/batches/" + batch);
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              Answer shown = environment.get(PATH + "/now");
              assertThat(shown.text("/runs/0/batchId")).isEqualTo(batch);
              assertThat(shown.text("/runs/0/status")).isEqualTo("completed");
            });
    assertThat(environment.get("/api/v1/batches/" + batch).text("/requestedBy"))
        .isEqualTo("schedule now");
  }

  @Test
  void aRunWhoseBatchHasNotEndedIsRefusedOrWaits() {
    make("busy", "\"paused\": true");
    String batch = environment.post(PATH + "/busy/run", "{}").text("/batchId");

    Answer refused = environment.post(PATH + "/busy/run", null);
    assertThat(refused.status()).as(refused.response().body()).isEqualTo(409);
    assertThat(refused.text("/code")).isEqualTo("SCHEDULE_RUNNING");
    assertThat(refused.text("/detail")).contains(batch);

    Answer waits = environment.post(PATH + "/busy/run", "{\"overlap\": \"buffer-one\"}");
    assertThat(waits.status()).as(waits.response().body()).isEqualTo(202);
    assertThat(waits.text("/waitsFor/0")).isEqualTo(batch);

    assertThat(environment.post("/api/v1/batches/" + batch + "/interrupt", null).status())
        .isEqualTo(200);
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              Answer shown = environment.get(PATH + "/busy");
              assertThat(shown.text("/runs/0/status")).isEqualTo("running");
              assertThat(shown.text("/runs/1/status")).isEqualTo("interrupted");
            });
    assertThat(environment.post(PATH + "/busy/run", "{\"overlap\": \"queue\"}").status())
        .isEqualTo(422);
  }

  @Test
  void aRunThatWasRefusedRunsWhenItIsAskedForAgain() {
    make("freed", "\"paused\": true");
    String run = PATH + "/freed/run";
    String batch = environment.post(run, null).text("/batchId");
    assertThat(environment.once("freed", "POST", run, null).status()).isEqualTo(409);
    assertThat(environment.post("/api/v1/batches/" + batch + "/interrupt", null).status())
        .isEqualTo(200);
    await()
        .atMost(SOON)
        .until(() -> environment.get(PATH + "/freed").text("/runs/0/status").equals("interrupted"));

    Answer second = environment.once("freed", "POST", run, null);
    assertThat(second.status()).as(second.response().body()).isEqualTo(201);
    assertThat(second.text("/batchId")).isNotEqualTo(batch);
  }

  @Test
  void aKeyMayBeUsedAgainWhenItIsForgotten() {
    make("weekly", "\"tables\": [\"completes\"], \"paused\": true");
    String run = PATH + "/weekly/run";
    String first = environment.once("weekly-run", "POST", run, null).text("/batchId");
    environment
        .control()
        .idempotencyKeys()
        .release("configuration:operator", "orders weekly-run", "batch " + first);
    await()
        .atMost(SOON)
        .until(() -> environment.get(PATH + "/weekly").text("/runs/0/status").equals("completed"));

    Answer second = environment.once("weekly-run", "POST", run, null);
    assertThat(second.status()).as(second.response().body()).isEqualTo(201);
    assertThat(second.text("/batchId")).isNotEqualTo(first);
  }

  @Test
  void aRepeatedRequestRunsNothingMoreAndIsAnsweredAsTheFirst() {
    String body =
        "{\"name\": \"repeated\", \"batch\": \"branches\", \"tables\": [\"completes\"],"
            + " \"every\": \"1h\", \"paused\": true, \"overlap\": \"allow-all\"}";
    for (int i = 0; i < 2; i++) {
      Answer made = environment.once("make", "POST", PATH, body);
      assertThat(made.status()).as(made.response().body()).isEqualTo(201);
    }
    String schedule = PATH + "/repeated";

    Answer first = environment.once("run", "POST", schedule + "/run", null);
    assertThat(first.status()).as(first.response().body()).isEqualTo(201);
    Answer again = environment.once("run", "POST", schedule + "/run", null);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.text("/batchId")).isEqualTo(first.text("/batchId"));
    Answer other = environment.once("run", "POST", schedule + "/run", "{\"overlap\": \"skip\"}");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.text("/code")).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    Answer second = environment.once("run-2", "POST", schedule + "/run", null);
    assertThat(second.text("/batchId")).isNotEqualTo(first.text("/batchId"));

    String due = "{\"from\": \"2026-11-01T00:30:00Z\", \"to\": \"2026-11-01T02:30:00Z\"}";
    for (int i = 0; i < 2; i++) {
      assertThat(environment.once("fill", "POST", schedule + "/backfill", due).status())
          .isEqualTo(202);
    }
    await().atMost(SOON).until(() -> environment.get(schedule).body().at("/runs").size() == 4);
    assertThat(environment.once("run-3", "POST", schedule + "/run", null).status()).isEqualTo(201);
    assertThat(environment.get(schedule).body().at("/runs"))
        .as("two runs, two of the backfill, and the last one")
        .hasSize(5);
  }

  @Test
  void aRunOfWhichTheAnswerWasLostIsFoundAndNotRepeated() {
    make("lost", "\"tables\": [\"completes\"], \"paused\": true");
    String run = PATH + "/lost/run";
    environment
        .control()
        .idempotencyKeys()
        .reserve(
            "configuration:operator",
            "orders lost",
            PayloadJson.write(List.of("POST " + run, "")),
            "before 0 an-order ");
    Answer first = environment.post(run, null);
    assertThat(first.status()).as(first.response().body()).isEqualTo(201);
    String batch = first.text("/batchId");
    Answer again = environment.once("lost", "POST", run, null);
    assertThat(again.status()).as(again.response().body()).isEqualTo(201);
    assertThat(again.text("/batchId")).isEqualTo(batch);
    assertThat(environment.get(PATH + "/lost").body().at("/runs")).hasSize(1);
  }

  @Test
  void pausesResumesAndBackfills() {
    make("steered", "\"tables\": [\"completes\"], \"overlap\": \"buffer-all\"");

    Answer paused = environment.post(PATH + "/steered/pause", "{\"note\": \"holidays\"}");
    assertThat(paused.body().at("/paused").asBoolean()).isTrue();
    assertThat(paused.text("/note")).isEqualTo("holidays (paused by operator)");

    Answer backfill =
        environment.post(
            PATH + "/steered/backfill",
            "{\"from\": \"2026-11-01T00:30:00Z\", \"to\": \"2026-11-01T02:30:00Z\"}");
    assertThat(backfill.status()).as(backfill.response().body()).isEqualTo(202);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(environment.get(PATH + "/steered").body().at("/runs").size())
                    .isEqualTo(2));

    Answer resumed = environment.post(PATH + "/steered/resume", null);
    assertThat(resumed.body().at("/paused").asBoolean()).isFalse();
    Answer wrong = environment.post(PATH + "/steered/backfill", "{\"from\": \"yesterday\"}");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.text("/errors/1/path")).isEqualTo("to");
  }

  @Test
  void whatStandsInTheFileIsPausedButNotDeletedHere() {
    var configuration = environment.configuration();
    Schedules ofFile =
        new Schedules(
            environment.temporal().getWorkflowServiceStubs(),
            "default",
            configuration.worker().controlTaskQueue());
    assertThat(
            ofFile.create(
                new AskedSchedule(configuration.batches())
                    .read("of-file", Map.of("batch", "branches", "cron", "@yearly")),
                ScheduleOrigin.FILE))
        .isTrue();

    assertThat(environment.get(PATH + "/of-file").text("/origin")).isEqualTo("file");
    assertThat(delete("of-file").text("/code")).isEqualTo("SCHEDULE_OF_FILE");
    assertThat(put("of-file", "{\"batch\": \"branches\", \"every\": \"1h\"}").status())
        .isEqualTo(409);
    assertThat(environment.post(PATH + "/of-file/pause", null).status()).isEqualTo(200);
  }

  @Test
  void saysThatAScheduleIsOfAnotherTidemark() {
    var configuration = environment.configuration();
    Schedules others =
        new Schedules(environment.temporal().getWorkflowServiceStubs(), "default", "other-control");
    assertThat(
            others.create(
                new AskedSchedule(configuration.batches())
                    .read("theirs", Map.of("batch", "branches", "cron", "@yearly")),
                ScheduleOrigin.API))
        .isTrue();
    String body = "{\"name\": \"theirs\", \"batch\": \"branches\", \"every\": \"1h\"}";

    for (Answer refused :
        List.of(
            environment.post(PATH, body),
            put("theirs", body),
            delete("theirs"),
            environment.post(PATH + "/theirs/run", null))) {
      assertThat(refused.status()).as(refused.response().body()).isEqualTo(409);
      assertThat(refused.text("/code")).isEqualTo("SCHEDULE_OF_ANOTHER");
      assertThat(refused.text("/detail")).contains("of workers on queue other-control");
      assertThat(refused.text("/remedy")).startsWith("Give one of the two another name.");
    }
    Answer shown = environment.get(PATH + "/theirs");
    assertThat(shown.status()).isEqualTo(404);
    assertThat(shown.text("/detail")).contains("of workers on queue other-control");
  }

  @Test
  void refusesANoteThatIsTooLong() {
    make("noted", "\"paused\": true");
    String note = "{\"note\": \"" + "x".repeat(801) + "\"}";
    for (String order : List.of("/pause", "/resume")) {
      Answer refused = environment.post(PATH + "/noted" + order, note);
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.text("/errors/0/path")).isEqualTo("note");
      assertThat(refused.text("/errors/0/message"))
          .isEqualTo("must have at most 800 bytes in UTF-8, and has 801");
      assertThat(refused.text("/remedy")).startsWith("Shorten it");
    }
    String longest = "{\"note\": \"" + "x".repeat(800) + "\"}";
    assertThat(environment.post(PATH + "/noted/pause", longest).status()).isEqualTo(200);
  }

  @Test
  void viewersLookAndOthersAreNotFound() {
    assertThat(environment.send("POST", PATH + "/x/run", ApiEnvironment.VIEWER, null).status())
        .isEqualTo(403);
    Answer missing = environment.post(PATH + "/missing/pause", null);
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.text("/code")).isEqualTo("SCHEDULE_NOT_FOUND");
  }

  private static void make(String name, String more) {
    Answer made =
        environment.post(
            PATH,
            "{\"name\": \"%s\", \"batch\": \"branches\", \"cron\": [\"0 * * * *\"], %s}"
                .formatted(name, more));
    assertThat(made.status()).as(made.response().body()).isEqualTo(201);
  }

  private static Answer put(String name, String body) {
    return environment.send("PUT", PATH + "/" + name, ApiEnvironment.OPERATOR, body);
  }

  private static Answer delete(String name) {
    return environment.send("DELETE", PATH + "/" + name, ApiEnvironment.OPERATOR, null);
  }
}
