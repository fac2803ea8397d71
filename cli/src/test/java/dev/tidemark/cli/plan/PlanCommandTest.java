package dev.tidemark.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.CommandRun;
import dev.tidemark.cli.FakeApi;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlanCommandTest {

  private static final String ID = "plan_20251108_143052_aB3dEf9h";
  private static final String CREATED =
      """
      {"id":"lmp.public.c_invoice","target":"invoices","told":true,"mode":"diff","deletes":"hard",
       "key":["c_invoice_id","branch"],"ranges":4,"rows":20000,"bytes":3145728,"fate":"created",
       "changes":["creates the table"],
       "columns":[{"column":"total","target":"sum","sourceType":"numeric","targetType":"decimal(12,2)",
                   "fidelity":"lossy","loss":"fractions","refused":"NaN","remedy":"set lossy: allow"}],
       "moreColumns":0,"statements":["CREATE TABLE `invoices` (`id` int)"],
       "indexes":["unique (branch, code)"],"leftOut":["index words"],"refusals":[],
       "remarks":["Mind the gap."],"estimatedSeconds":61.0,"estimatedFrom":"its last run, sync_1",
       "paceFrom":"last_run"}""";
  private static final String GUESSED =
      """
      {"id":"lmp.public.m_product","target":"m_product","told":true,"mode":"full","deletes":"ignore",
       "key":["id"],"ranges":4,"rows":900000,"bytes":629145600,"fate":"created",
       "estimatedSeconds":63.0,"paceFrom":"guess",
       "estimatedFrom":"nothing like it was copied before; at 10.0 MB/s"}""";
  private static final String UNKNOWN =
      """
      {"id":"lmp.public.sales","target":"sales","told":true,"mode":"full","deletes":"ignore",
       "key":[],"ranges":1,"rows":0,"bytes":0,"fate":"created"}""";
  private static final String REFUSED =
      """
      {"id":"lmp.public.gone","target":"gone","told":true,"refusals":[
        {"code":"TABLE_NOT_FOUND","message":"There is no table gone.","remedy":"Create it."}]}""";

  private FakeApi api;

  @BeforeEach
  void start() throws Exception {
    api = new FakeApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static String plan(String status, boolean passes, String seconds, String tables) {
    return """
    {"id":"%s","batch":"branches","target":"dashboard","status":"%s","passes":%s,"planned":true,
     "rows":20000,"bytes":3145728,"estimatedSeconds":%s,
     "guessedTables":%d,"tables":[%s]}"""
        .formatted(ID, status, passes, seconds, tables.split("\"guess\"", -1).length - 1, tables);
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(Map.of("TIDEMARK_URL", api.url(), "TIDEMARK_API_KEY", "k"), arguments);
  }

  @Test
  void saysWhatAPlanWaitsForEachAttemptOnce() {
    String waiting =
        """
        {"id":"%s","batch":"branches","target":"dashboard","status":"running","retries":[
          {"attempt":%d,"nextRetryAt":%s,"error":{"code":"CONNECTION_FAILED",
           "message":"While connecting to dashboard: Connection refused"}}]}""";
    api.on("POST /api/v1/plans", 201, plan("running", false, "null", ""));
    api.on("GET /api/v1/plans/" + ID, 200, waiting.formatted(ID, 2, "\"2025-11-08T14:32:05Z\""));
    api.on("GET /api/v1/plans/" + ID, 200, waiting.formatted(ID, 2, "null"));
    api.on("GET /api/v1/plans/" + ID, 200, waiting.formatted(ID, 3, "\"2025-11-08T14:32:09Z\""));
    api.on("GET /api/v1/plans/" + ID, 200, plan("completed", true, "61.0", CREATED));

    assertThat(run("plan").out().lines().filter(line -> line.startsWith("Waiting")))
        .containsExactly(
            "Waiting: While connecting to dashboard: Connection refused (attempt 2 at 14:32:05 UTC)",
            "Waiting: While connecting to dashboard: Connection refused (attempt 3 at 14:32:09"
                + " UTC)");
  }

  @Test
  void awaitsAPlanAndEndsWithZeroWhenNothingWouldRefuseIt() {
    api.on("POST /api/v1/plans", 201, plan("running", false, "null", ""));
    api.on("GET /api/v1/plans/" + ID, 200, plan("completed", true, "61.0", CREATED));

    CommandRun run = run("plan", "branches", "--tables", "CInvoice", "--ddl");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("lmp.public.c_invoice → invoices")
        .contains("    mode diff, deletes hard, key c_invoice_id, branch, up to 4 ranges")
        .contains("    about 20,000 rows, 3.0 MiB, about 1m 01s (from its last run, sync_1)")
        .contains("    the target's table would be created")
        .contains(
            "    column total as sum (numeric to decimal(12,2)): loses fractions; refuses NaN;"
                + " to pass, set lossy: allow")
        .contains("    indexes after the rows: unique (branch, code)")
        .contains("    left out: index words")
        .contains("    note: Mind the gap.")
        .contains("    CREATE TABLE `invoices` (`id` int);")
        .contains("branches into dashboard: 1 table, about 20,000 rows, 3.0 MiB; about 1m 01s")
        .contains("Nothing would refuse it, as far as can be told before.");
    assertThat(api.requests().getFirst().body())
        .isEqualTo("{\"batch\":\"branches\",\"tables\":[\"CInvoice\"],\"ddl\":true}");
  }

  @Test
  void endsWithThreeAndSaysWhatWouldRefuseIt() {
    api.on("POST /api/v1/plans", 201, plan("completed", false, "61.0", CREATED + "," + REFUSED));

    CommandRun run = run("plan");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out())
        .contains("lmp.public.gone → gone")
        .contains("  ✗ TABLE_NOT_FOUND: There is no table gone.")
        .contains("    → Create it.")
        .contains("3.0 MiB; about 1m 01s")
        .contains("1 table would be refused.");
  }

  @Test
  void saysWhichTimesAreGuessed() {
    api.on("POST /api/v1/plans", 201, plan("completed", true, "124.0", CREATED + "," + GUESSED));
    api.on("POST /api/v1/plans", 201, plan("completed", true, "63.0", GUESSED));
    api.on("POST /api/v1/plans", 201, plan("completed", true, "null", GUESSED + "," + UNKNOWN));
    assertThat(run("plan").out())
        .contains(
            "about 1m 03s, guessed (nothing like it was copied before; at 10.0 MB/s)",
            "about 1m 01s (from its last run, sync_1)",
            "; about 2m 04s, guessed for 1 table");
    assertThat(run("plan").out()).contains("; about 1m 03s, guessed\n");
    assertThat(run("plan").out())
        .contains("rows unknown, no basis for a time")
        .contains("no time can be told: no basis for 1 table");
  }

  @Test
  void endsWithOneWhenNobodyPlannedToTheEnd() {
    api.on("POST /api/v1/plans", 201, plan("interrupted", false, "null", ""));
    assertThat(run("plan").exitCode()).isEqualTo(1);
  }

  @Test
  void goesOnLookingWhenTheApiIsAwayForAMoment() {
    String look = "GET /api/v1/plans/" + ID;
    api.on("POST /api/v1/plans", 201, plan("running", false, "null", ""));
    api.on(look, 502, "");
    api.on(look, 200, plan("completed", true, "61.0", CREATED));
    CommandRun run = run("plan");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEqualTo("The API does not answer; trying again.\n");
  }

  @Test
  void showsAPlanAgainAndWaitsForItsEndWhereThatIsWanted() {
    String look = "GET /api/v1/plans/" + ID;
    api.on(look, 200, plan("running", false, "null", ""));
    api.on(look, 200, plan("running", false, "null", ""));
    api.on(look, 200, plan("completed", false, "61.0", CREATED + "," + REFUSED));

    CommandRun running = run("plans", "show", ID);
    assertThat(running.exitCode()).isEqualTo(1);
    assertThat(running.out()).contains("The plan is running.");
    CommandRun ended = run("plans", "show", ID, "--watch");
    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(ended.out()).contains("1 table would be refused.");
  }

  @Test
  void listsPlansAndInterruptsOne() {
    api.on(
        "GET /api/v1/plans?limit=20",
        200,
        """
        {"plans":[{"id":"plan_1","batch":"branches","status":"completed",
          "startedAt":"2025-11-08T14:00:00Z","endedAt":"2025-11-08T14:00:02Z"}],"nextCursor":null}""");
    assertThat(run("plans").out().lines())
        .containsExactly(
            "PLAN    BATCH     STATUS     STARTED (UTC)         TOOK",
            "plan_1  branches  completed  2025-11-08 14:00:00  2.0 s");

    api.on("POST /api/v1/plans/" + ID + "/interrupt", 200, plan("running", false, "null", ""));
    assertThat(run("plans", "interrupt", ID).out()).isEqualTo("Plan " + ID + " stops.\n");
  }

  @Test
  void printsThePlanAsItIs() {
    api.on("POST /api/v1/plans", 201, plan("completed", true, "61.0", CREATED));
    CommandRun run = run("plan", "--json");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("{").contains("\"passes\" : true");
  }

  @Test
  void saysWhyOneIsInterrupted() {
    String look = "GET /api/v1/plans/" + ID;
    String because = "\"interruption\":\"lunch (by ci)\",\"tables\"";
    for (String status : List.of("running", "interrupted")) {
      api.on(look, 200, plan(status, false, "null", "").replace("\"tables\"", because));
    }
    assertThat(run("plans", "show", ID).out())
        .contains("The plan is interrupting.\nReason: lunch (by ci)");
    assertThat(run("plans", "show", ID).out())
        .contains("The plan is interrupted.\nReason: lunch (by ci)");
  }
}
