package dev.tidemark.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.CommandRun;
import dev.tidemark.cli.FakeApi;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableSyncsCommandTest {

  private static final String SYNC = "/api/v1/table-syncs/lmp/AdOrg";
  private static final String FULL = "/api/v1/table-syncs/lmp/lmp.public.ad_org";
  private static final String REASON = "\"interruption\":\"lunch (by ci)\",";

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

  private static String sync(String status, String table, String more) {
    return """
        {"workflowId":"table:lmp:ad_org","status":"%s","live":true,%s
         "table":{"id":"lmp.public.ad_org","connection":"lmp","schema":"public","table":"ad_org",
          "name":"ad_org","status":"%s","recordsProcessed":9,"durationSeconds":3}}"""
        .formatted(status, more, table);
  }

  @Test
  void interruptsOneAndTellsWhy() {
    api.on("POST " + SYNC + "/interrupt", 200, sync("running", "in_progress", ""));

    CommandRun run =
        run("table-syncs", "interrupt", "AdOrg", "--connection", "lmp", "--reason", "lunch");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("The sync of lmp.ad_org stops after the chunk in progress.")
        .contains("Go on with it: ./tidemark sync-table ad_org --connection lmp");
    assertThat(api.requests().getFirst().body()).isEqualTo("{\"reason\":\"lunch\"}");
    assertThat(run("table-syncs", "interrupt", "AdOrg", "--connection", "lmp").exitCode()).isZero();
    assertThat(api.requests().getLast().body()).isEqualTo("{}");
  }

  @Test
  void showsHowOneStandsAndWhyItWasInterrupted() {
    api.on("GET " + SYNC, 200, sync("running", "in_progress", REASON));
    api.on("GET " + SYNC, 200, sync("interrupted", "pending", REASON));
    api.on("GET " + SYNC, 200, sync("interrupted", "pending", "\"batch\":\"branches\","));

    assertThat(run("table-syncs", "show", "AdOrg", "--connection", "lmp").out())
        .contains("lmp.ad_org interrupting in 3.0 s: 9 processed", "Reason: lunch (by ci)");
    CommandRun ended = run("table-syncs", "show", "AdOrg", "--connection", "lmp");
    assertThat(ended.out())
        .contains("lmp.ad_org interrupted", "Reason: lunch (by ci)")
        .contains("Go on with it: ./tidemark sync-table ad_org --connection lmp\n");
    assertThat(run("table-syncs", "show", "AdOrg", "--connection", "lmp").out())
        .contains("sync-table ad_org --connection lmp --batch branches\n");
    assertThat(ended.exitCode()).isZero();
  }

  /** Its table is pending then, as one that has not begun. */
  @Test
  void followingEndsWithTheInterruptOfAnother() {
    api.on("GET " + SYNC, 200, sync("running", "in_progress", ""));
    api.on("GET " + FULL, 200, sync("running", "in_progress", REASON));
    api.on("GET " + FULL, 200, sync("interrupted", "pending", REASON));

    CommandRun run = run("table-syncs", "show", "AdOrg", "--connection", "lmp", "--watch");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("lmp.ad_org interrupted", "Reason: lunch (by ci)");
  }

  @Test
  void whoStartsOneAndLeavesIsToldHowToStopIt() {
    api.on("POST /api/v1/table-syncs", 201, sync("running", "pending", ""));

    assertThat(run("sync-table", "AdOrg", "--connection", "lmp", "--detach").out())
        .contains("Started table:lmp:ad_org.")
        .contains("Watch it: ./tidemark table-syncs show ad_org --connection lmp --watch")
        .contains("Stop it: ./tidemark table-syncs interrupt ad_org --connection lmp");
  }

  @Test
  void whatIsRefusedEndsWithOneAndWrongUsageWithTwo() {
    api.on(
        "POST " + SYNC + "/interrupt",
        409,
        "{\"code\":\"TABLE_SYNC_NOT_RUNNING\",\"detail\":\"The sync is completed.\"}");
    CommandRun refused = run("table-syncs", "interrupt", "AdOrg", "--connection", "lmp");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("The sync is completed.");
    assertThat(run("table-syncs", "interrupt", "AdOrg").exitCode()).isEqualTo(2);
  }
}
