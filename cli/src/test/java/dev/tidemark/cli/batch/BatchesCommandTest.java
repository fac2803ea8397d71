package dev.tidemark.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.CommandRun;
import dev.tidemark.cli.FakeApi;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchesCommandTest {

  private static final String ID = "sync_20251108_143052_aB3dEf9h";
  private static final String BATCH = "/api/v1/batches/" + ID;

  private FakeApi api;

  @BeforeEach
  void start() throws Exception {
    api = new FakeApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(Map.of("TIDEMARK_URL", api.url(), "TIDEMARK_API_KEY", "k"), arguments);
  }

  private static String batch(String status, String more) {
    return """
        {"id":"%s","name":"branches","status":"%s","live":true,"totalTables":1,"progressPercent":40,
         "startedAt":"2025-11-08T14:30:52Z","durationSeconds":72.4,%s
         "tables":[%s]}"""
        .formatted(ID, status, more, table("in_progress"));
  }

  private static String table(String status) {
    return """
        {"id":"lmp.public.ad_org","connection":"lmp","schema":"public","table":"ad_org",
         "name":"ad_org","status":"%s"}"""
        .formatted(status);
  }

  @Test
  void interruptsABatchAndTellsWhy() {
    api.on("POST " + BATCH + "/interrupt", 200, batch("running", ""));

    CommandRun run = run("batches", "interrupt", ID, "--reason", "lunch");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("Batch " + ID + " stops after the chunks in progress.")
        .contains("Go on with it: ./tidemark sync-all --resume " + ID);
    assertThat(api.requests().getFirst().body()).isEqualTo("{\"reason\":\"lunch\"}");
  }

  @Test
  void pausesABatchAndLetsItGoOn() {
    api.on("POST " + BATCH + "/pause", 200, batch("running", "\"paused\":true,"));
    api.on("POST " + BATCH + "/resume", 200, batch("running", ""));

    assertThat(run("batches", "pause", ID).out())
        .contains("is paused", "Let it go on: ./tidemark batches resume " + ID);
    assertThat(run("batches", "resume", ID).out()).contains("Batch " + ID + " goes on.");
    assertThat(run("batches", "pause", ID, "--json").out()).startsWith("{").contains("\"paused\"");
  }

  @Test
  void steersSomeTablesOfABatch() {
    String odd = BATCH + "/tables/lmp.order%20details/";
    String tables = BATCH + "/tables/AdOrg/";
    api.on("POST " + tables + "pause", 200, table("in_progress"));
    api.on("POST " + odd + "pause", 200, table("pending"));
    api.on("POST " + tables + "resume", 200, table("pending"));
    api.on("POST " + tables + "skip", 200, table("in_progress"));
    api.on("POST " + odd + "skip", 200, table("skipped"));
    api.on("POST " + tables + "retry", 200, table("pending"));

    assertThat(run("batches", "pause", ID, "AdOrg", "lmp.order details").out())
        .containsSubsequence("lmp.ad_org is paused.", "lmp.ad_org is paused.");
    assertThat(run("batches", "resume", ID, "AdOrg").out()).contains("lmp.ad_org goes on.");
    assertThat(run("batches", "skip", ID, "AdOrg").out())
        .contains("lmp.ad_org is left out after its chunk.");
    assertThat(run("batches", "skip", ID, "lmp.order details").out())
        .contains("lmp.ad_org is left out.");
    assertThat(run("batches", "retry", ID, "AdOrg").out()).contains("lmp.ad_org is tried again.");
    assertThat(run("batches", "pause", ID, "AdOrg", "--json").out())
        .startsWith("{")
        .contains("\"tables\" : [");
  }

  @Test
  void whatIsRefusedEndsWithOneAndSaysWhy() {
    api.on(
        "POST " + BATCH + "/pause",
        409,
        """
        {"code":"REFUSED","detail":"the batch is already paused","remedy":"A running batch can be."}""");

    CommandRun run = run("batches", "pause", ID);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("the batch is already paused", "A running batch can be.");
  }

  @Test
  void wrongUsageEndsWithTwo() {
    assertThat(run("batches", "interrupt").exitCode()).isEqualTo(2);
    assertThat(run("batches", "skip", ID).exitCode()).isEqualTo(2);
    assertThat(run("batches", "retry", ID).exitCode()).isEqualTo(2);
    assertThat(api.requests()).isEmpty();
  }

  @Test
  void listsThemPageByPage() {
    String page = "{\"batches\":[" + batch("running", "") + "],\"nextCursor\":\"n\"}";
    api.on("GET /api/v1/batches?limit=20", 200, page);
    api.on("GET /api/v1/batches?cursor=n&limit=20&name=branches", 200, "{\"batches\":[]}");

    assertThat(run("batches").out())
        .contains(ID, "branches", "running")
        .contains("More: ./tidemark batches list --cursor n");
    assertThat(run("batches", "list", "--batch", "branches", "--cursor", "n").out())
        .contains("There are no such batches.");
  }

  @Test
  void showsWhyABatchIsInterrupted() {
    String reason = "\"interruption\":\"lunch (by ci)\",";
    api.on("GET " + BATCH, 200, batch("running", reason));
    api.on("GET " + BATCH, 200, batch("interrupted", reason));
    assertThat(run("batches", "show", ID).out())
        .contains("Batch " + ID + "   interrupting")
        .containsPattern("reason +lunch \\(by ci\\)");
    assertThat(run("sync-status", ID).out())
        .contains("Batch " + ID + "   interrupted")
        .containsPattern("reason +lunch \\(by ci\\)");
  }

  @Test
  void showsWhatABatchWaitsFor() {
    String retries =
        """
        "retries":[{"attempt":3,"nextRetryAt":"2025-11-08T14:32:05Z",
          "error":{"code":"CONNECTION_FAILED","message":"While planning lmp: refused"}}],""";
    api.on("GET " + BATCH, 200, batch("running", retries));

    assertThat(run("batches", "show", ID).out())
        .contains("Waiting: While planning lmp: refused (attempt 3 at 14:32:05 UTC)");
  }
}
