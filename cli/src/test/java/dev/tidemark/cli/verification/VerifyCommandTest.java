package dev.tidemark.cli.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.CommandRun;
import dev.tidemark.cli.FakeApi;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifyCommandTest {

  private static final String ID = "verify_20251108_143052_aB3dEf9h";
  private static final String EQUAL =
      table("ad_org", "completed", 9, 0, 0, 0, "") + ",\"error\":null}";
  private static final String DIFFERS =
      table(
              "c_invoice",
              "completed",
              20000,
              1,
              1,
              2,
              """
              {"key":["17"],"kind":"different","columns":["customer","tax"]},
              {"key":["18","lmp"],"kind":"missing","columns":[]},
              {"key":["20001"],"kind":"extra","columns":[]}""")
          + ",\"error\":null}";
  private static final String BROKEN =
      """
      {"id":"lmp.public.gone","target":"gone","status":"failed","keys":[],
       "error":{"code":"TARGET_TABLE_MISSING","message":"There is no table gone.","remedy":"Create it."}}""";

  private FakeApi api;

  @BeforeEach
  void start() throws Exception {
    api = new FakeApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static String table(
      String name, String status, int rows, int missing, int extra, int different, String keys) {
    return """
    {"id":"lmp.public.%s","target":"%s","status":"%s","sourceRows":%d,"targetRows":%d,
     "missing":%d,"extra":%d,"different":%d,"keys":[%s]"""
        .formatted(name, name, status, rows, rows, missing, extra, different, keys);
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
  void followsAVerificationAndEndsWithZeroWhenAllIsEqual() {
    api.on("POST /api/v1/verifications", 201, verification("running", false, ""));
    api.on("GET /api/v1/verifications/" + ID, 200, verification("running", false, EQUAL));
    api.on("GET /api/v1/verifications/" + ID, 200, verification("completed", true, EQUAL));

    CommandRun run = run("verify", "branches", "--tables", "AdOrg", "--limit", "7");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("Verification " + ID + " started.", "1 of 1 tables compared, 0 differ")
        .contains("lmp.public.ad_org → ad_org: 9 rows, 9 in the target: equal")
        .contains("The table is equal.");
    assertThat(api.requests().getFirst().body())
        .isEqualTo("{\"batch\":\"branches\",\"tables\":[\"AdOrg\"],\"limit\":7}");
  }

  @Test
  void endsWithOneAndNamesKeysAndColumnsThatDiffer() {
    String all = EQUAL + "," + DIFFERS + "," + BROKEN;
    api.on("POST /api/v1/verifications", 201, verification("failed", false, all));

    CommandRun run = run("verify");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "c_invoice: 20,000 rows, 20,000 in the target: 1 missing, 1 in addition, 2 different")
        .contains("    17 differs in customer, tax")
        .contains("    18, lmp is missing in the target")
        .contains("    20001 is only in the target")
        .contains("    … and 1 more")
        .contains("lmp.public.gone: could not be compared: There is no table gone. Create it.")
        .contains("1 of 3 tables differ, 1 could not be compared.");
  }

  @Test
  void endsWithThreeWhenAllWasComparedAndSomeDiffers() {
    api.on("POST /api/v1/verifications", 201, verification("completed", false, DIFFERS));
    CommandRun run = run("verify");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out())
        .contains("→ ./tidemark repair --verification " + ID)
        .doesNotContain("letters");
  }

  @Test
  void tellsRowsInDeadLettersFromThoseThatARepairMends() {
    String refused =
        table(
                "m_product",
                "completed",
                9,
                1,
                0,
                0,
                """
                {"key":["7"],"kind":"missing","columns":[],"letter":{"id":"cbef","state":"open"}},
                {"key":["8"],"kind":"different","columns":["nick"],
                 "letter":{"id":"abcd","state":"edited"}}""")
            + ",\"inLetters\":1,\"decided\":2}";
    api.on("POST /api/v1/verifications", 201, verification("completed", false, refused));

    CommandRun run = run("verify");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out())
        .contains(
            "in the target: 1 missing, 0 in addition, 0 different; 1 of these in open dead letters;"
                + " 2 more as somebody decided in their dead letters")
        .contains("    7 is missing in the target: in open letter cbef")
        .contains("    8 differs in nick: edited in letter abcd")
        .contains("    … and 1 more")
        .contains(
            "→ ./tidemark letters list   1 row that the target refuses: edit, retry or discard")
        .doesNotContain("repair");
  }

  @Test
  void rowsThatDifferBySomebodysDecisionAreSaidAndEndWithZero() {
    String decided =
        table("m_product", "completed", 9, 0, 0, 0, "") + ",\"inLetters\":0,\"decided\":1}";
    api.on("POST /api/v1/verifications", 201, verification("completed", true, decided));

    CommandRun run = run("verify");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains(
            "9 in the target: equal, but for 1 row that differs as somebody decided in its dead"
                + " letter")
        .contains("The table is equal, but for 1 row that differs");
  }

  @Test
  void namesNoKeyOfATableThatIsEmptyInTheTarget() {
    String missing = "{\"key\":[\"1\"],\"kind\":\"missing\",\"columns\":[]}";
    String empty = table("m_product", "completed", 9, 9, 0, 0, missing) + "}";
    api.on(
        "POST /api/v1/verifications",
        201,
        verification("completed", false, empty.replace("\"targetRows\":9", "\"targetRows\":0")));
    assertThat(run("verify").out())
        .contains("9 rows, 0 in the target: 9 missing, 0 in addition, 0 different\n")
        .doesNotContain("    1 is missing", "more")
        .contains("repair --verification");
  }

  @Test
  void aTableWithoutAKeyIsToBeSyncedAgain() {
    String keyless = table("log", "completed", 9, 3, 2, 0, "") + ",\"keyless\":true}";
    api.on("POST /api/v1/verifications", 201, verification("completed", false, keyless));

    CommandRun run = run("verify");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out())
        .contains(
            "3 missing, 2 in addition, 0 different; without a key, rows are compared as a whole")
        .contains("→ ./tidemark sync-all --batch branches --tables lmp.public.log ")
        .doesNotContain("more", "repair --");
  }

  @Test
  void goesOnLookingWhenTheApiIsAwayForAMoment() {
    String look = "GET /api/v1/verifications/" + ID;
    api.on("POST /api/v1/verifications", 201, verification("running", false, ""));
    api.dropping(look).dropping(look);
    api.on(
        look,
        503,
        "{\"code\":\"NO_WORKER\",\"detail\":\"No worker tells what it has found.\",\"remedy\":\"Start one.\"}");
    api.on(look, 200, verification("completed", true, EQUAL));

    CommandRun run = run("verify");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .isEqualTo(
            "The API does not answer; trying again.\n"
                + "No worker tells what it has found. Trying again.\n");
    assertThat(run.out()).contains("The table is equal.");
  }

  @Test
  void givesUpAtOnceWhenTheApiRefuses() {
    api.on("POST /api/v1/verifications", 201, verification("running", false, ""));
    api.on("GET /api/v1/verifications/" + ID, 403, "{\"detail\":\"The key was revoked.\"}");
    CommandRun run = run("verify");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("The key was revoked.");
  }

  @Test
  void printsTheReportAsItIs() {
    api.on("POST /api/v1/verifications", 201, verification("completed", true, EQUAL));
    CommandRun run = run("verify", "--json");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("{").contains("\"equal\" : true").doesNotContain("started");
  }
}
