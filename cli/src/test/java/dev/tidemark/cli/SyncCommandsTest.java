package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.batch.Presses;
import dev.tidemark.cli.role.StateLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncCommandsTest {

  private static final String ID = "sync_20251108_143052_aB3dEf9h";

  @TempDir private Path home;
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
  void syncAllStartsABatchAndFollowsItToItsEnd() {
    api.on("POST /api/v1/batches", 201, batch("running", "in_progress", ""));
    api.on("GET /api/v1/batches/" + ID, 200, batch("running", "in_progress", ""));
    api.on("GET /api/v1/batches/" + ID, 200, batch("completed", "completed", ""));

    CommandRun run =
        run(
            "sync-all",
            "--batch",
            "branches",
            "--connection",
            "pgsql_lmp",
            "--tables",
            "AdOrg,m_product");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("pgsql_lmp.ad_org in progress", "pgsql_lmp.ad_org completed: 9 rows")
        .contains("Batch " + ID + "   completed", "1 of 1 completed");
    assertThat(api.requests().getFirst().body())
        .isEqualTo(
            """
            {"batch":"branches","connections":["pgsql_lmp"],"tables":["AdOrg","m_product"]}""");
    assertThat(api.requests().getFirst().headers()).containsKey("Idempotency-key");
    assertThat(api.requests().getFirst().headers().get("Authorization"))
        .containsExactly("Bearer k");
  }

  @Test
  void aTableThatCompletedWithoutSomeRowsSaysSo() {
    String letters = ",\"deadLetters\":3,\"target\":\"orgs\"";
    api.on("POST /api/v1/batches", 201, batch("running", "in_progress", ""));
    api.on("GET /api/v1/batches/" + ID, 200, batch("completed", "completed", letters));

    CommandRun run = run("sync-all");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("pgsql_lmp.ad_org completed: 9 rows")
        .contains("! pgsql_lmp.ad_org, 3 rows in dead letters")
        .contains("→ ./tidemark letters list --table orgs");
  }

  @Test
  void aFailedBatchEndsWithOneAndShowsErrorRemedyAndResume() {
    String error =
        """
        ,"error":{"code":"BAD_CREDENTIALS","message":"While connecting: refused","remedy":"Check the password."}""";
    api.on("POST /api/v1/batches", 201, batch("running", "in_progress", ""));
    api.on("GET /api/v1/batches/" + ID, 200, batch("failed", "failed", error));

    CommandRun run = run("sync-all");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("✗ pgsql_lmp.ad_org: BAD_CREDENTIALS: While connecting: refused")
        .contains("→ Check the password.")
        .contains("Resume it: ./tidemark sync-all --resume " + ID);
  }

  @Test
  void aBatchThatFailsWithoutATableSaysWhy() {
    String failed =
        """
        {"id":"%s","name":"branches","status":"failed","live":true,"resumable":true,"planned":true,
         "error":{"code":"NOTHING_TO_SYNC","message":"No source has a table that matches.",
                  "remedy":"Compare the tables."},"tables":[]}"""
            .formatted(ID);
    api.on("POST /api/v1/batches", 201, batch("running", "in_progress", ""));
    api.on("GET /api/v1/batches/" + ID, 200, failed);

    CommandRun run = run("sync-all", "--tables", "Ord*x");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("✗ NOTHING_TO_SYNC: No source has a table that matches.")
        .contains("→ Compare the tables.")
        .doesNotContain("No tables are planned yet");
  }

  @Test
  void aTableThatIsTriedAgainSaysWhyAndWhen() {
    String error =
        """
        ,"retryCount":2,"nextRetryAt":"2025-11-08T14:32:05Z",
         "error":{"code":"CONNECTION_FAILED","message":"refused","remedy":"Start it."}""";
    api.on("GET /api/v1/batches/latest", 200, batch("running", "in_progress", error));

    assertThat(run("sync-status").out())
        .contains("✗ pgsql_lmp.ad_org: CONNECTION_FAILED: refused (retry 2 at 14:32:05 UTC)")
        .contains("→ Start it.");
  }

  @Test
  void aTableThatWaitsSaysForWhom() {
    String waits = ",\"waitingFor\":\"ad_org is held by sync_other\"";
    api.on("POST /api/v1/batches", 201, batch("running", "pending", waits));
    api.on("GET /api/v1/batches/" + ID, 200, batch("running", "pending", waits));
    api.on("GET /api/v1/batches/" + ID, 200, batch("completed", "completed", ""));

    assertThat(run("sync-all").out())
        .contains("pgsql_lmp.ad_org waits: ad_org is held by sync_other");
  }

  @Test
  void ctrlCWithoutATerminalInterruptsAndWaitsForTheEnd() {
    api.on("POST /api/v1/batches", 201, batch("running", "in_progress", ""));
    api.on("GET /api/v1/batches/" + ID, 200, batch("running", "in_progress", ""));
    api.on("GET /api/v1/batches/" + ID, 200, batch("interrupted", "pending", ""));
    api.on("POST /api/v1/batches/" + ID + "/interrupt", 200, batch("running", "in_progress", ""));
    Presses presses = new Presses();
    presses.press();

    CommandRun run =
        CommandRun.of(
            Map.of("TIDEMARK_URL", api.url(), "TIDEMARK_API_KEY", "k"), presses, "sync-all");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(api.requestLines()).contains("POST /api/v1/batches/" + ID + "/interrupt");
    assertThat(run.out())
        .contains("Interrupting")
        .contains("Resume it: ./tidemark sync-all --resume " + ID);
  }

  @Test
  void ctrlCAtATerminalAsksAndDetaches() {
    api.on("POST /api/v1/batches", 201, batch("running", "in_progress", ""));
    api.on("GET /api/v1/batches/" + ID, 200, batch("running", "in_progress", ""));

    CommandRun run = typing("d\n", "sync-all");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("\r\u001b[K[i]nterrupt it, [d]etach")
        .contains("The batch goes on. Watch it: ./tidemark sync-status " + ID + " --watch");
    assertThat(api.requestLines()).noneMatch(line -> line.endsWith("/interrupt"));
  }

  @Test
  void ctrlCAtATerminalAsksAndInterrupts() {
    api.on("POST /api/v1/batches", 201, batch("running", "in_progress", ""));
    api.on("GET /api/v1/batches/" + ID, 200, batch("running", "in_progress", ""));
    api.on("GET /api/v1/batches/" + ID, 200, batch("interrupted", "pending", ""));
    api.on("POST /api/v1/batches/" + ID + "/interrupt", 200, batch("running", "in_progress", ""));

    CommandRun run = typing("i\n", "sync-all");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(api.requestLines()).contains("POST /api/v1/batches/" + ID + "/interrupt");
  }

  private CommandRun typing(String input, String... arguments) {
    Presses presses = new Presses();
    presses.press();
    return CommandRun.typing(
        input, Map.of("TIDEMARK_URL", api.url(), "TIDEMARK_API_KEY", "k"), presses, arguments);
  }

  @Test
  void detachLeavesAtOnceAndJsonPrintsTheAnswer() {
    api.on("POST /api/v1/batches", 201, batch("running", "in_progress", ""));

    CommandRun run = run("sync-all", "--detach", "--json");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("{").contains("\"id\" : \"" + ID + "\"");
    assertThat(api.requestLines()).containsExactly("POST /api/v1/batches");
  }

  @Test
  void resumesByIdAndFollows() {
    api.on("POST /api/v1/batches/" + ID + "/resume", 200, batch("running", "pending", ""));
    api.on("GET /api/v1/batches/" + ID, 200, batch("completed", "completed", ""));

    assertThat(run("sync-all", "--resume", ID).exitCode()).isZero();
  }

  @Test
  void anUnknownBatchIsNamedOnTheErrorStream() {
    String problem = "{\"status\":404,\"detail\":\"Batch ID [invalid_batch_id] not found.\"}";
    api.on("POST /api/v1/batches/invalid_batch_id/resume", 404, problem);
    api.on("GET /api/v1/batches/invalid_batch_id", 404, problem);

    CommandRun resume = run("sync-all", "--resume", "invalid_batch_id");
    CommandRun status = run("sync-status", "invalid_batch_id");

    assertThat(resume.exitCode()).isEqualTo(1);
    assertThat(resume.err()).isEqualToIgnoringNewLines("Batch ID [invalid_batch_id] not found.");
    assertThat(resume.out()).isEmpty();
    assertThat(status.err()).isEqualTo(resume.err());
    assertThat(status.exitCode()).isEqualTo(1);
  }

  @Test
  void wrongUsageEndsWithTwo() {
    assertThat(run("sync-all", "--resume", ID, "--tables", "AdOrg").exitCode()).isEqualTo(2);
    assertThat(run("sync-all", "--when-busy", "never").exitCode()).isEqualTo(2);
    assertThat(run("sync-all", "--nonsense").exitCode()).isEqualTo(2);
    assertThat(run("sync-table", "AdOrg").exitCode()).isEqualTo(2);
    assertThat(run("sync-status", "--latest", "--all").exitCode()).isEqualTo(2);
    assertThat(run("sync-status", "--all", "--watch").exitCode()).isEqualTo(2);
    assertThat(api.requests()).isEmpty();
  }

  @Test
  void wrongUsageIsToldInAWord() {
    assertThat(run("sync-all", "--resume", ID, "--tables", "AdOrg").err().lines())
        .hasSize(2)
        .last()
        .isEqualTo("See ./tidemark sync-all --help.");
    assertThat(run("schedules", "create").err().lines())
        .hasSize(2)
        .last()
        .isEqualTo("See ./tidemark schedules create --help.");
    assertThat(run("sync-al").err())
        .contains("Unmatched argument", "sync-all")
        .contains("See ./tidemark --help.");
    assertThat(run().err()).contains("COMMAND", "sync-status");
  }

  @Test
  void syncTableCreatesNoBatch() {
    String answer =
        "{\"workflowId\":\"table:pgsql_sby:m_product\",\"table\":" + table("completed", "") + "}";
    api.on("POST /api/v1/table-syncs", 201, answer);
    api.on("GET /api/v1/table-syncs/pgsql_lmp/pgsql_lmp.public.ad_org", 200, answer);

    CommandRun run = run("sync-table", "MProduct", "--connection", "pgsql_sby");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("9 processed");
    assertThat(api.requests().getFirst().body())
        .isEqualTo("{\"connection\":\"pgsql_sby\",\"table\":\"MProduct\"}");
  }

  @Test
  void statusShowsTheLatestOrFailedTablesOnly() {
    api.on("GET /api/v1/batches/latest", 200, batch("completed", "completed", ""));

    assertThat(run("sync-status").out()).contains("ad_org", "completed").doesNotContain("AdOrg");
    assertThat(run("sync-status", "--latest", "--failed").out())
        .contains("No table has failed.")
        .doesNotContain("ad_org");
  }

  @Test
  void statusOfAllTurnsPages() {
    String page =
        "{\"batches\":[" + batch("completed", "completed", "") + "],\"nextCursor\":\"n 1\"}";
    String last = "{\"batches\":[" + batch("failed", "failed", "") + "],\"nextCursor\":null}";
    api.on("GET /api/v1/batches?limit=20", 200, page);
    api.on("GET /api/v1/batches?limit=20&cursor=n+1", 200, last);

    assertThat(run("sync-status", "--all").out())
        .contains(ID, "More: ./tidemark sync-status --all --cursor n 1");
    assertThat(run("sync-status", "--all", "--page", "2").out())
        .contains("failed")
        .doesNotContain("More:");
  }

  @Test
  void withoutAServerItSaysHowToStartOne() {
    CommandRun none = CommandRun.of(Map.of("TIDEMARK_HOME", home.toString()), "sync-status");
    CommandRun gone = CommandRun.of(Map.of("TIDEMARK_URL", "http://127.0.0.1:1"), "sync-status");

    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err()).contains("No Tidemark runs", "./tidemark up");
    assertThat(gone.exitCode()).isEqualTo(1);
    assertThat(gone.err()).contains("http://127.0.0.1:1", "./tidemark up");
  }

  @Test
  void whileItStartsItSaysSo() {
    try (StateLock ignored = StateLock.take(new StateFolder(home))) {
      CommandRun early = CommandRun.of(Map.of("TIDEMARK_HOME", home.toString()), "sync-status");
      assertThat(early.exitCode()).isEqualTo(1);
      assertThat(early.err()).contains("just starting").doesNotContain("./tidemark up");
    }
    CommandRun later = CommandRun.of(Map.of("TIDEMARK_HOME", home.toString()), "sync-status");
    assertThat(later.err()).contains("No Tidemark runs", "./tidemark up");
  }

  @Test
  void findsTheApiThatRunsFromTheStateFolder() throws Exception {
    Files.writeString(home.resolve("api.json"), "{\"url\":\"" + api.url() + "\",\"pid\":1}");
    Files.writeString(home.resolve("api-key"), "local\n");
    api.on("GET /api/v1/batches/latest", 200, batch("completed", "completed", ""));

    CommandRun run = CommandRun.of(Map.of("TIDEMARK_HOME", home.toString()), "sync-status");

    assertThat(run.exitCode()).isZero();
    assertThat(api.requests().getFirst().headers().get("Authorization"))
        .containsExactly("Bearer local");
  }

  @Test
  void problemsListWhatIsWrongAndWhatToDo() {
    api.on(
        "POST /api/v1/batches",
        422,
        """
        {"detail":"There is no table x.","errors":[{"message":"did you mean ad_org?"}],"remedy":"Name one that exists."}""");

    CommandRun run = run("sync-all", "--tables", "x");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            "There is no table x.\n  - did you mean ad_org?\nName one that exists.");
  }

  @Test
  void saysInItsOwnWordsHowABatchIsNamed() {
    api.on(
        "POST /api/v1/batches",
        422,
        """
        {"detail":"The configuration has several batches: a, b.","code":"BATCH_NOT_NAMED",
         "remedy":"Name one of them as batch."}""");

    assertThat(run("sync-all").err())
        .isEqualToIgnoringNewLines(
            "The configuration has several batches: a, b.\nName one of them with --batch NAME.");
  }

  @Test
  void takesNamesWithCommasInQuotes() {
    api.on("POST /api/v1/batches", 201, batch("running", "in_progress", ""));

    run("sync-all", "--detach", "--tables", "\"a,b\",OrderLine,order details");

    assertThat(api.requests().getFirst().body())
        .isEqualTo("{\"tables\":[\"\\\"a,b\\\"\",\"OrderLine\",\"order details\"]}");
  }

  @Test
  void connectionsAndKeysAreShown() {
    api.on(
        "GET /api/v1/connections",
        200,
        """
        {"connections":[{"name":"a","type":"postgresql","healthy":true,"version":"PostgreSQL 18","latencyMs":0.42,"error":null},
        {"name":"b","type":"mariadb","healthy":false,"version":null,"latencyMs":null,
         "error":{"code":"CONNECTION_FAILED","message":"refused","remedy":"Start it."}}]}""");
    api.on(
        "POST /api/v1/keys",
        201,
        "{\"id\":\"7\",\"name\":\"ci\",\"role\":\"operator\",\"key\":\"secret\"}");
    api.on("DELETE /api/v1/keys/7", 204, "");

    CommandRun connections = run("connections");
    assertThat(connections.exitCode()).isEqualTo(1);
    assertThat(connections.out()).contains("healthy", "0.4 ms", "✗ b: refused", "→ Start it.");
    assertThat(run("key", "create", "ci", "--role", "operator").out()).contains("secret");
    assertThat(api.requests().getLast().body()).contains("\"role\":\"operator\"");
    assertThat(run("key", "revoke", "7").exitCode()).isZero();
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(Map.of("TIDEMARK_URL", api.url(), "TIDEMARK_API_KEY", "k"), arguments);
  }

  private static String batch(String status, String tableStatus, String error) {
    return """
        {"id":"%s","name":"branches","status":"%s","live":true,"requestedBy":"ci","totalTables":1,
         "completedTables":%d,"failedTables":%d,"recordsProcessed":9,"progressPercent":100,
         "startedAt":"2025-11-08T14:30:52Z","durationSeconds":72.4,"resumable":%s,"tables":[%s]}"""
        .formatted(
            ID,
            status,
            status.equals("completed") ? 1 : 0,
            status.equals("failed") ? 1 : 0,
            status.equals("failed") || status.equals("interrupted"),
            table(tableStatus, error));
  }

  private static String table(String status, String error) {
    return """
        {"id":"pgsql_lmp.public.ad_org","connection":"pgsql_lmp","schema":"public","table":"ad_org",
         "name":"ad_org","model":"AdOrg","status":"%s","recordsProcessed":9,"recordsInserted":9%s}"""
        .formatted(status, error);
  }
}
