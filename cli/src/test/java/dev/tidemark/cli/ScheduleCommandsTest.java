package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScheduleCommandsTest {

  private static final String NIGHTLY =
      """
      {"name":"nightly","batch":"branches","connections":[],"tables":["ad_org"],"cron":["30 2 * * *"],
       "every":null,"timeZone":"Asia/Jakarta","overlap":"skip","paused":false,"note":"books",
       "origin":"file","nextTimes":["2026-11-22T19:30:00Z","2026-11-23T19:30:00Z"],
       "runs":[{"scheduledAt":"2026-11-21T19:30:00Z","startedAt":"2026-11-21T19:30:01Z",
                "endedAt":"2026-11-21T19:40:00Z","status":"completed",
                "batchId":"sync_20261121_193001_aB3dEf9h"},
               {"scheduledAt":"2026-11-20T19:30:00Z","startedAt":"2026-11-20T19:30:01Z",
                "endedAt":"2026-11-20T19:30:02Z","status":"failed","batchId":null,
                "error":{"code":"BATCH_NOT_CONFIGURED","message":"There is no batch.","remedy":"Add it."}}]}""";

  private FakeApi api;

  @BeforeEach
  void start() throws Exception {
    api = new FakeApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void listsWithNextTimeAndLastRun() {
    String hourly =
        NIGHTLY
            .replace("nightly", "hourly")
            .replace("\"every\":null", "\"every\":\"1h\",\"offset\":\"5m\"")
            .replace("\"paused\":false", "\"paused\":true");
    api.on("GET /api/v1/schedules", 200, "{\"schedules\":[" + hourly + "," + NIGHTLY + "]}");

    CommandRun run = run("schedules");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines().toList().get(1))
        .contains("hourly", "30 2 * * *; every 1h + 5m (Asia/Jakarta)", "paused");
    assertThat(run.out().lines().toList().get(2))
        .contains("nightly", "2026-11-22 19:30:00", "completed", "sync_20261121_193001_aB3dEf9h");
  }

  @Test
  void asksWithoutAKeyWhereTheApiCannotLookOneUp() {
    String order = "POST /api/v1/schedules/nightly/run";
    api.on(
        order,
        503,
        "{\"code\":\"CONTROL_DATABASE_UNAVAILABLE\",\"detail\":\"It cannot be used now.\"}");
    api.on(order, 201, "{\"batchId\":\"sync_20261121_193001_aB3dEf9h\"}");

    CommandRun run = run("schedules", "run", "nightly");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(api.requests())
        .filteredOn(request -> request.line().equals(order))
        .extracting(request -> request.headers().containsKey("Idempotency-key"))
        .containsExactly(true, false);
  }

  @Test
  void saysWhatToDoAboutAScheduleOfAnother() {
    api.on(
        "GET /api/v1/schedules/theirs",
        404,
        "{\"code\":\"SCHEDULE_OF_ANOTHER\",\"detail\":\"It is theirs.\",\"remedy\":\"Rename"
            + " it.\"}");
    assertThat(run("schedules", "show", "theirs").err()).contains("It is theirs.", "Rename it.");
  }

  @Test
  void saysWhereAScheduleBelongsWhenThereIsNone() {
    api.on("GET /api/v1/schedules", 200, "{\"schedules\":[]}");
    assertThat(run("schedules").out()).contains("under schedules:");
  }

  @Test
  void showsOneWithItsRunsAndWhatWentWrong() {
    api.on("GET /api/v1/schedules/nightly", 200, NIGHTLY);

    assertThat(run("schedules", "show", "nightly").out())
        .contains("Schedule nightly", "made by      the configuration", "note         books")
        .contains("2026-11-21 19:30:00  2026-11-21 19:40:00  completed")
        .contains("✗ 2026-11-20 19:30:00: There is no batch.", "→ Add it.");
    assertThat(run("schedules", "show", "nightly", "--json").out()).startsWith("{");
  }

  @Test
  void createsWhatTheOptionsSay() {
    api.on("POST /api/v1/schedules", 201, NIGHTLY);

    CommandRun run =
        run(
            "schedules",
            "create",
            "nightly",
            "--batch",
            "branches",
            "--tables",
            "ad_org,c_invoice",
            "--cron",
            "30 2 * * *",
            "--time-zone",
            "Asia/Jakarta",
            "--pause-on-failure");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(api.requests().getFirst().body())
        .isEqualTo(
            """
            {"name":"nightly","batch":"branches","tables":["ad_org","c_invoice"],"cron":["30 2 * * *"],\
            "timeZone":"Asia/Jakarta","pauseOnFailure":true}""");
  }

  @Test
  void leavesItToTheApiWhichBatchTheOnlyOneIs() {
    api.on("POST /api/v1/schedules", 201, NIGHTLY);
    assertThat(run("schedules", "create", "nightly", "--cron", "@daily").exitCode()).isZero();
    assertThat(api.requests().getFirst().body())
        .isEqualTo("{\"name\":\"nightly\",\"cron\":[\"@daily\"]}");
  }

  @Test
  void steers() {
    String path = "POST /api/v1/schedules/nightly/";
    api.on(path + "pause", 200, NIGHTLY);
    api.on(path + "resume", 200, NIGHTLY);
    api.on(path + "backfill", 202, NIGHTLY);
    api.on(path + "run", 201, "{\"batchId\":\"sync_1\",\"waitsFor\":[]}");
    api.on(path + "run", 202, "{\"batchId\":null,\"waitsFor\":[\"sync_1\"]}");
    api.on("DELETE /api/v1/schedules/nightly", 204, "");

    assertThat(run("schedules", "pause", "nightly", "--note", "holidays").out()).contains("paused");
    assertThat(api.requests().getLast().body()).isEqualTo("{\"note\":\"holidays\"}");
    assertThat(run("schedules", "resume", "nightly").out()).contains("goes on");
    assertThat(run("schedules", "run", "nightly").out()).contains("Batch sync_1 runs");
    assertThat(run("schedules", "run", "nightly", "--overlap", "buffer-one").out())
        .contains("waits for the end of sync_1");
    assertThat(api.requests().getLast().body()).isEqualTo("{\"overlap\":\"buffer-one\"}");
    assertThat(
            run("schedules", "backfill", "nightly", "--from", "2026-11-01T00:00:00Z", "--to", "x")
                .exitCode())
        .isZero();
    assertThat(api.requests().getLast().body())
        .isEqualTo("{\"from\":\"2026-11-01T00:00:00Z\",\"to\":\"x\"}");
    assertThat(run("schedules", "delete", "nightly").out()).contains("deleted");
  }

  @Test
  void triesOutNotifications() {
    api.on(
        "POST /api/v1/notifications/test",
        200,
        """
        {"rules":[{"rule":0,"receiver":"Webhook[example.com]","told":true,"error":null},
         {"rule":1,"receiver":"Slack[hooks]","told":false,"error":"slack answered 404"}]}""");

    CommandRun run = run("notifications", "test");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("✓ notifications[0] Webhook[example.com]")
        .contains("✗ notifications[1] Slack[hooks]: slack answered 404");
    run("notifications", "test", "--rule", "1");
    assertThat(api.requests().getLast().body()).isEqualTo("{\"rule\":1}");
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(Map.of("TIDEMARK_URL", api.url(), "TIDEMARK_API_KEY", "k"), arguments);
  }
}
