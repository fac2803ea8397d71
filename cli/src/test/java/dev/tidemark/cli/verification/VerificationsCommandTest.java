package dev.tidemark.cli.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.CommandRun;
import dev.tidemark.cli.FakeApi;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerificationsCommandTest {

  private static final String ID = "verify_20251108_143052_aB3dEf9h";
  private static final String LOOK = "GET /api/v1/verifications/" + ID;
  private static final String EQUAL =
      """
      {"id":"lmp.public.ad_org","target":"ad_org","status":"completed","sourceRows":9,
       "targetRows":9,"missing":0,"extra":0,"different":0,"keys":[]}""";
  private static final String PENDING =
      """
      {"id":"lmp.public.c_invoice","target":"c_invoice","status":"pending","keys":[]}""";

  private FakeApi api;

  @BeforeEach
  void start() throws Exception {
    api = new FakeApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static String verification(String status, boolean equal, String tables) {
    return """
    {"id":"%s","batch":"branches","target":"dashboard","status":"%s","equal":%s,"planned":true,
     "tables":[%s]}"""
        .formatted(ID, status, equal, tables);
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(Map.of("TIDEMARK_URL", api.url(), "TIDEMARK_API_KEY", "k"), arguments);
  }

  @Test
  void listsThemWithWhatTheyFoundAndTheCommandForTheNextPage() {
    api.on(
        "GET /api/v1/verifications?batch=branches&limit=3",
        200,
        """
        {"verifications":[
          {"id":"verify_3","batch":"branches","status":"running","equal":null,
           "startedAt":"2025-11-08T14:30:52.123Z","endedAt":null},
          {"id":"verify_2","batch":"branches","status":"completed","equal":true,"totalTables":9,
           "comparedTables":9,"differingTables":0,"startedAt":"2025-11-08T14:00:00Z",
           "endedAt":"2025-11-08T14:00:42Z"},
          {"id":"verify_1","batch":"branches","status":"failed","equal":false,"totalTables":9,
           "comparedTables":8,"differingTables":2,"startedAt":"2025-11-08T13:00:00Z",
           "endedAt":"2025-11-08T13:00:42Z"}],
         "nextCursor":"abc"}""");

    CommandRun run = run("verifications", "list", "--batch", "branches", "--limit", "3");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "VERIFICATION  BATCH     STATUS     RESULT                                         "
                + "STARTED (UTC)        TOOK",
            "verify_3      branches  running                                                   "
                + "2025-11-08 14:30:52     -",
            "verify_2      branches  completed  equal                                          "
                + "2025-11-08 14:00:00  42 s",
            "verify_1      branches  failed     2 of 9 tables differ, 1 could not be compared  "
                + "2025-11-08 13:00:00  42 s",
            "",
            "More: ./tidemark verifications list --batch branches --limit 3 --cursor abc");
  }

  @Test
  void saysThatThereIsNone() {
    api.on("GET /api/v1/verifications?limit=20", 200, "{\"verifications\":[]}");
    assertThat(run("verifications").out()).isEqualTo("There are no such verifications.\n");
  }

  @Test
  void showsOneAgainWithTheOutputAndTheExitCodeOfVerify() {
    api.on(LOOK, 200, verification("completed", true, EQUAL));
    CommandRun run = run("verifications", "show", ID);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("9 in the target: equal", "The table is equal.");

    CommandRun json = run("verifications", "show", ID, "--json");
    assertThat(json.out()).startsWith("{").contains("\"equal\" : true");
  }

  @Test
  void showsHowFarARunningOneIs() {
    api.on(LOOK, 200, verification("running", false, EQUAL + "," + PENDING));
    CommandRun run = run("verifications", "show", ID);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("It runs: 1 of 2 tables compared, 0 differ.");
  }

  @Test
  void followsOneUntilItEnds() {
    api.on(LOOK, 200, verification("running", false, EQUAL + "," + PENDING));
    api.dropping(LOOK);
    api.on(LOOK, 200, verification("interrupted", false, EQUAL + "," + PENDING));
    CommandRun run = run("verifications", "show", ID, "--watch");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("It was interrupted: 1 of 2 tables compared, 0 differ.");
  }

  @Test
  void interruptsOne() {
    api.on(
        "POST /api/v1/verifications/" + ID + "/interrupt", 200, verification("running", false, ""));
    CommandRun run = run("verifications", "interrupt", ID, "--reason", "lunch");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("Verification " + ID + " stops after the rows under way.\n");
    assertThat(api.requests().getFirst().body()).isEqualTo("{\"reason\":\"lunch\"}");
  }

  @Test
  void saysWhyOneIsInterrupted() {
    String because = "\"interruption\":\"lunch (by ci)\",\"tables\"";
    api.on(LOOK, 200, verification("running", false, EQUAL).replace("\"tables\"", because));
    api.on(LOOK, 200, verification("interrupted", false, EQUAL).replace("\"tables\"", because));
    assertThat(run("verifications", "show", ID).out())
        .contains("It is interrupting: 1 of 1 tables compared", "Reason: lunch (by ci)");
    assertThat(run("verifications", "show", ID).out())
        .contains("It was interrupted: 1 of 1 tables compared", "Reason: lunch (by ci)");
  }
}
