package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepairCommandTest {

  private static final String ID = "repair_20251108_143052_aB3dEf9h";
  private static final String SYNC = "sync_20251108_143052_aB3dEf9h";

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

  private static String batch(String id, String kind, String status, int extra, String more) {
    return """
        {"id":"%s","name":"branches","kind":"%s","status":"%s","live":true,"planned":true,
         "totalTables":1,"completedTables":1,"recordsProcessed":5000,"recordsInserted":1,
         "recordsUpdated":2,"recordsDeleted":4,"recordsSkipped":4993,"recordsExtra":%d%s,
         "tables":[{"id":"lmp.public.c_invoice","connection":"lmp","schema":"public",
           "table":"c_invoice","name":"c_invoice","status":"%s","recordsProcessed":5000,
           "recordsInserted":1,"recordsUpdated":2,"recordsDeleted":4,"recordsSkipped":4993,
           "recordsExtra":%d,"remarks":["rows went in by INSERT"]}]}"""
        .formatted(
            id,
            kind,
            status,
            extra,
            more,
            status.equals("running") ? "in_progress" : "completed",
            extra);
  }

  private static String verification(boolean equal) {
    return """
        ,"verification":{"id":"verify_1","status":"completed","equal":%s,"totalTables":3,
          "comparedTables":2,"differingTables":%d,"durationSeconds":1.5,
          "tables":[%s]}"""
        .formatted(
            equal,
            equal ? 0 : 1,
            equal
                ? ""
                : """
                {"id":"lmp.public.c_invoice","missing":1,"extra":0,"different":1200,"error":null},
                {"id":"lmp.public.log","missing":0,"extra":0,"different":0,"error":"It has no key."}""");
  }

  @Test
  void repairsWhatAVerificationFoundAndTellsWhatItMended() {
    api.on("POST /api/v1/repairs", 201, batch(ID, "repair", "running", 0, ""));
    api.on("GET /api/v1/batches/" + ID, 200, batch(ID, "repair", "completed", 0, ""));

    CommandRun run = run("repair", "--verification", "verify_1", "--deletes", "hard", "--verify");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(api.requests().getFirst().body())
        .isEqualTo("{\"verification\":\"verify_1\",\"deletes\":\"hard\",\"verify\":true}");
    assertThat(run.out())
        .contains("Repair " + ID + " started.", "Repair " + ID + "   completed")
        .containsPattern("COMPARED +DIFFERED +INSERTED +UPDATED +DELETED +TOO MANY")
        .containsPattern("lmp +c_invoice +completed +5,000 +7 +1 +2 +4 +0")
        .contains("lmp.c_invoice: rows went in by INSERT");
  }

  @Test
  void endsWithThreeWhileRowsAreTooMany() {
    api.on("POST /api/v1/repairs", 201, batch(ID, "repair", "running", 0, ""));
    api.on("GET /api/v1/batches/" + ID, 200, batch(ID, "repair", "completed", 6, ""));

    CommandRun run = run("repair", "branches", "--connection", "lmp", "--tables", "CInvoice");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(api.requests().getFirst().body())
        .isEqualTo("{\"batch\":\"branches\",\"connections\":[\"lmp\"],\"tables\":[\"CInvoice\"]}");
    assertThat(run.out())
        .containsPattern("5,000 +13 +1 +2 +4 +6")
        .contains("✗ 6 rows too many: only in the target.", "--deletes hard removes them");
  }

  private CommandRun repairThatLeaves(String counts) {
    String ended =
        batch(ID, "repair", "completed", 0, "").replace("\"remarks\"", counts + ",\"remarks\"");
    api.on("POST /api/v1/repairs", 201, batch(ID, "repair", "running", 0, ""));
    api.on("GET /api/v1/batches/" + ID, 200, ended);
    return run("repair", "--tables", "CInvoice");
  }

  @Test
  void endsWithThreeWhileRowsAreInOpenLetters() {
    CommandRun run = repairThatLeaves("\"deadLetters\":2,\"recordsDecided\":1");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out())
        .containsPattern("DIFFERED .* TOO MANY +IN LETTERS +DECIDED")
        .containsPattern("5,000 +10 +1 +2 +4 +0 +2 +1")
        .contains("! lmp.c_invoice, 2 rows in dead letters", "letters list --table c_invoice")
        .contains("✗ 2 rows differ and stay: they are in open dead letters.")
        .contains("1 row differs as somebody decided in its dead letter, and stays so.");
  }

  /** It was asked to make both sides equal. */
  @Test
  void endsWithThreeWhereItLeavesWhatSomebodyDecided() {
    CommandRun run = repairThatLeaves("\"recordsDecided\":2");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out())
        .containsPattern("5,000 +9 +1 +2 +4 +0 +0 +2")
        .contains("2 rows differ as somebody decided in their dead letters, and stay so.");
  }

  @Test
  void aComparisonAdvisesNoRepairThatWouldMendNothing() {
    String refused =
        verification(false)
            .replace("\"durationSeconds\"", "\"repairable\":false,\"durationSeconds\"")
            .replace("\"different\":1200", "\"different\":1,\"inLetters\":2")
            .replace("\"error\":\"It has no key.\"", "\"keyless\":true");
    api.on("POST /api/v1/batches", 201, batch(SYNC, "batch", "running", 0, ""));
    api.on("GET /api/v1/batches/" + SYNC, 200, batch(SYNC, "batch", "completed", 0, refused));

    CommandRun run = run("sync-all", "--verify");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out())
        .contains("1 missing, 0 in addition, 1 different; 2 of these in open dead letters")
        .contains("→ ./tidemark letters list   2 rows that the target refuses")
        .contains("→ ./tidemark sync-all --batch branches --tables lmp.public.log ")
        .doesNotContain("repair --verification");
  }

  @Test
  void refusesOptionsThatMakeNoSense() {
    assertThat(run("repair", "branches", "--verification", "verify_1").exitCode()).isEqualTo(2);
    assertThat(run("repair", "--deletes", "all").err()).contains("ignore, soft or hard, not all");
    assertThat(run("repair", "--when-busy", "never").exitCode()).isEqualTo(2);
    assertThat(api.requests()).isEmpty();
  }

  @Test
  void aBatchWhoseComparisonFindsDifferencesEndsWithThree() {
    String comparing =
        ",\"verification\":{\"id\":\"verify_1\",\"status\":\"running\",\"equal\":false}";
    api.on("POST /api/v1/batches", 201, batch(SYNC, "batch", "running", 0, ""));
    api.on("GET /api/v1/batches/" + SYNC, 200, batch(SYNC, "batch", "running", 0, comparing));
    api.on(
        "GET /api/v1/batches/" + SYNC,
        200,
        batch(SYNC, "batch", "completed", 0, verification(false)));

    CommandRun run = run("sync-all", "--verify");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(api.requests().getFirst().body()).isEqualTo("{\"verify\":true}");
    assertThat(run.out())
        .contains("Comparing both sides.")
        .containsPattern("verified in +1.5 s|verified in")
        .contains("✗ Compared: 1 of 3 tables differ, 1 could not be compared.")
        .contains("lmp.public.c_invoice: 1 missing, 0 in addition, 1,200 different")
        .contains("lmp.public.log: It has no key.")
        .contains("→ ./tidemark repair --verification verify_1");
  }

  @Test
  void aBatchThatIsEqualSaysSo() {
    api.on("POST /api/v1/batches", 201, batch(SYNC, "batch", "running", 0, ""));
    api.on(
        "GET /api/v1/batches/" + SYNC,
        200,
        batch(SYNC, "batch", "completed", 0, verification(true)));

    CommandRun run = run("sync-all", "--no-verify");

    assertThat(run.exitCode()).isZero();
    assertThat(api.requests().getFirst().body()).isEqualTo("{\"verify\":false}");
    assertThat(run.out()).contains("✓ Compared: all 3 tables are equal.");
  }
}
