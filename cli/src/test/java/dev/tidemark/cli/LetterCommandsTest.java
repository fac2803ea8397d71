package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LetterCommandsTest {

  private static final String LETTER =
      """
      {"id":"a1b2","connection":"dashboard","table":"orders","slice":"branch=lmp",
       "source":"pgsql_lmp.public.orders","state":"open","key":{"id":"7"},
       "values":{"id":"7","note":"much too\\u001b[31m long","amount":null},"edits":{"amount":"5"},
       "code":"VALUE_DOES_NOT_FIT","reason":"Data too long for column 'note'","column":"note",
       "attempts":3,"firstAt":"2026-11-21T19:30:00Z","lastAt":"2026-11-21T19:40:00Z",
       "batchId":"sync_1"}""";

  private static final String RUNNING =
      """
      {"workflowId":"letters:dashboard:orders","connection":"dashboard","table":"orders",
       "status":"running","resolved":0,"discarded":0,"refused":0}""";

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
  void listsWhatIsOpen() {
    api.on(
        "GET /api/v1/dead-letters?limit=20&state=open",
        200,
        "{\"letters\":[" + LETTER + "],\"nextCursor\":\"x\"}");
    CommandRun run = run("letters");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains(
            "a1b2",
            "orders",
            "id=7",
            "open, edited",
            "  note  ",
            "  much too",
            "Data too long for column 'note'")
        .contains("There are more");
    assertThat(run("letters", "list").out()).isEqualTo(run.out());
  }

  @Test
  void saysWhichTargetWhereTheyAreOfSeveral() {
    api.on(
        "GET /api/v1/dead-letters?limit=20&state=open",
        200,
        ("{\"letters\":[" + LETTER + ",")
            + (LETTER.replace("\"dashboard\"", "\"archive\"") + "],\"nextCursor\":null}"));
    assertThat(run("letters").out()).contains(" dashboard.orders ", " archive.orders ");
  }

  @Test
  void listsLettersOfATableInAnyState() {
    api.on(
        "GET /api/v1/dead-letters?connection=dashboard&limit=5&table=orders",
        200,
        "{\"letters\":[],\"nextCursor\":null}");
    assertThat(
            run(
                    "letters",
                    "list",
                    "--connection",
                    "dashboard",
                    "--table",
                    "orders",
                    "--state",
                    "all",
                    "--limit",
                    "5")
                .out())
        .contains("There are no such dead letters.");
  }

  @Test
  void showsTheRowWithoutWhatWouldSteerATerminal() {
    api.on("GET /api/v1/dead-letters/a1b2?connection=dashboard", 200, LETTER);
    CommandRun run = run("letters", "show", "a1b2", "--connection", "dashboard");
    assertThat(run.out())
        .contains("Letter a1b2", "dashboard.orders", "3 times", "sync_1")
        .contains("✗ Data too long for column 'note'", "much too", "NULL")
        .contains("./tidemark letters retry a1b2")
        .doesNotContain("\u001b");
    api.on("GET /api/v1/dead-letters/a1b2", 200, LETTER);
    assertThat(run("letters", "show", "a1b2", "--json").out()).startsWith("{");
  }

  @Test
  void editsColumns() {
    api.on("PATCH /api/v1/dead-letters/a1b2", 200, LETTER);
    CommandRun run =
        run("letters", "edit", "a1b2", "--set", "note=a=b, c", "--set", "n=", "--null", "amount");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(api.requests().getFirst().body())
        .isEqualTo("{\"values\":{\"note\":\"a=b, c\",\"n\":\"\",\"amount\":null}}");
  }

  @Test
  void triesALetterAgainAndWaitsForTheEnd() {
    api.on("POST /api/v1/dead-letters/a1b2/retry", 202, RUNNING);
    api.on(
        "GET /api/v1/dead-letters/retries/orders?connection=dashboard",
        200,
        RUNNING.replace("running", "completed").replace("\"resolved\":0", "\"resolved\":1"));
    CommandRun run = run("letters", "retry", "a1b2");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("dashboard.orders: 1 written, 0 gone from the source, 0 refused again.");
  }

  @Test
  void saysWhyALetterIsRefusedAgain() {
    api.on("POST /api/v1/dead-letters/a1b2/retry", 202, RUNNING);
    api.on(
        "GET /api/v1/dead-letters/retries/orders?connection=dashboard",
        200,
        RUNNING.replace("running", "completed").replace("\"refused\":0", "\"refused\":1"));
    api.on("GET /api/v1/dead-letters/a1b2?connection=dashboard", 200, LETTER);
    CommandRun run = run("letters", "retry", "a1b2");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("1 refused again", "✗ Data too long for column 'note'")
        .doesNotContain("COLUMN");
  }

  @Test
  void triesAllOfATableAgainAndSaysThatSomeStay() {
    api.on("POST /api/v1/dead-letters/retry", 202, RUNNING);
    api.on(
        "GET /api/v1/dead-letters/retries/orders?connection=dashboard",
        200,
        RUNNING.replace("running", "completed").replace("\"refused\":0", "\"refused\":2"));
    CommandRun run = run("letters", "retry", "--table", "orders", "--connection", "dashboard");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("2 refused again", "letters list --table orders");
    assertThat(api.requests().getFirst().body())
        .isEqualTo("{\"connection\":\"dashboard\",\"table\":\"orders\"}");
    assertThat(run("letters", "retry", "--table", "orders", "--detach").out())
        .contains("are being tried");
    assertThat(run("letters", "retry").exitCode()).isEqualTo(2);
  }

  @Test
  void discards() {
    api.on("POST /api/v1/dead-letters/a1b2/discard", 200, LETTER);
    assertThat(run("letters", "discard", "a1b2").out()).contains("Letter a1b2 is discarded.");
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(Map.of("TIDEMARK_URL", api.url(), "TIDEMARK_API_KEY", "k"), arguments);
  }
}
