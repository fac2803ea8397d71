package dev.tidemark.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.CommandRun;
import dev.tidemark.cli.FakeApi;
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
       "remarks":["Mind the gap."],"estimatedSeconds":61.0,"estimatedFrom":"its last run, sync_1"}""";
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
         "rows":20000,"bytes":3145728,"estimatedSeconds":%s,"tables":[%s]}"""
        .formatted(ID, status, passes, seconds, tables);
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(Map.of("TIDEMARK_URL", api.url(), "TIDEMARK_API_KEY", "k"), arguments);
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
    api.on("POST /api/v1/plans", 201, plan("completed", false, "null", CREATED + "," + REFUSED));

    CommandRun run = run("plan");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out())
        .contains("lmp.public.gone → gone")
        .contains("  ✗ TABLE_NOT_FOUND: There is no table gone.")
        .contains("    → Create it.")
        .contains("no time can be told: no basis yet for 1 table")
        .contains("1 table would be refused.");
  }

  @Test
  void endsWithOneWhenNobodyPlannedToTheEnd() {
    api.on("POST /api/v1/plans", 201, plan("interrupted", false, "null", ""));
    assertThat(run("plan").exitCode()).isEqualTo(1);
  }

  @Test
  void printsThePlanAsItIs() {
    api.on("POST /api/v1/plans", 201, plan("completed", true, "61.0", CREATED));
    CommandRun run = run("plan", "--json");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("{").contains("\"passes\" : true");
  }
}
