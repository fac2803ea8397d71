package dev.tidemark.api.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.api.ApiEnvironment;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.connect.configuration.AskedBatch;
import dev.tidemark.connect.configuration.AskedMistake;
import dev.tidemark.connect.configuration.BatchConfiguration;
import dev.tidemark.connect.configuration.CopyConfiguration;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.SourceSpec;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.WhenBusy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartRequestsTest {

  private static final BatchConfiguration BRANCHES = ApiEnvironment.branches();

  private final StartRequests requests = new StartRequests(Map.of("branches", BRANCHES));

  @Test
  void takesWhatIsConfigured() {
    BatchSpec spec = requests.resolve(StartRequest.EVERYTHING);
    assertThat(spec.name()).isEqualTo("branches");
    assertThat(spec.sources())
        .containsExactly(
            new SourceSpec("pgsql_lmp", Map.of("branch", "lmp")),
            new SourceSpec("pgsql_sby", Map.of("branch", "sby")));
    assertThat(spec.target()).isEqualTo("dashboard");
    assertThat(spec.tables()).containsExactly("*");
    assertThat(spec.excludeTables()).containsExactly("tmp_*");
    assertThat(spec.tableDefaults()).isEqualTo(TableSpec.DEFAULT);
    assertThat(spec.tableSpec("MProduct").target()).isEqualTo("products");
    assertThat(spec.tableSpec("MProduct").chunkRows()).isEqualTo(500);
    assertThat(spec.retry()).isEqualTo(RetrySpec.DEFAULT);
    assertThat(spec.whenBusy()).isEqualTo(WhenBusy.WAIT);
    assertThat(spec.createMissingTables()).isTrue();
  }

  @Test
  void narrowsToWhatIsAskedFor() {
    BatchSpec spec =
        requests.resolve(
            new StartRequest("branches", List.of("pgsql_sby"), List.of("AdOrg"), "refuse"));
    assertThat(spec.sources()).extracting(SourceSpec::connection).containsExactly("pgsql_sby");
    assertThat(spec.tables()).containsExactly("AdOrg");
    assertThat(spec.excludeTables()).containsExactly("tmp_*");
    assertThat(spec.whenBusy()).isEqualTo(WhenBusy.REFUSE);
  }

  @Test
  void aBatchHasToBeNamedWhereThereAreSeveral() {
    StartRequests several = new StartRequests(Map.of("branches", BRANCHES, "other", BRANCHES));
    assertThatThrownBy(() -> several.resolve(StartRequest.EVERYTHING))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("branches, other");
    assertThatThrownBy(() -> new StartRequests(Map.of()).resolve(StartRequest.EVERYTHING))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("no batches");
  }

  @Test
  void aTableThatTheBatchDoesNotTakeIsRefused() {
    for (String taken :
        List.of(
            "c_invoice",
            "sales.CInvoice",
            "AdOrg",
            "public.ad_org",
            "pgsql_lmp.ad_org",
            "pgsql_lmp.public.AdOrg",
            "\"c_invoice\"",
            "order details",
            "*")) {
      assertThat(mistakes(taken)).isEmpty();
    }
    assertThat(mistakes("sales.ad_org")).isNotEmpty();
    assertThat(mistakes("pgsql_lmp.sales.ad_org")).isNotEmpty();
    assertThat(mistakes("m_product")).isNotEmpty();
    assertThat(mistakes("CInvioce"))
        .singleElement()
        .satisfies(
            mistake -> {
              assertThat(mistake.path()).isEqualTo("tables[0]");
              assertThat(mistake.message()).endsWith("Did you mean CInvoice?");
            });
    assertThat(mistakes("mars.public.ad_org").getFirst().message()).contains("[mars]");
    assertThat(mistakes("tidemark_slice").getFirst().message()).contains("reserved");
    assertThat(mistakes("a,b").getFirst().message()).contains("double quotes");
    assertThat(mistakes(" ").getFirst().message()).contains("blank");
  }

  @Test
  void aTableWithItsConnectionIsReadFromThatAlone() {
    BatchSpec spec =
        requests.resolve(new StartRequest(null, null, List.of("pgsql_sby.ad_org"), null));
    assertThat(spec.sources()).extracting(SourceSpec::connection).containsExactly("pgsql_sby");
    assertThatThrownBy(
            () ->
                requests.resolve(
                    new StartRequest(
                        null, List.of("pgsql_lmp"), List.of("pgsql_sby.ad_org"), null)))
        .hasMessageContaining("none of the sources asked for");
  }

  @Test
  void aBatchThatIsNotConfiguredIsAMistakeOfTheBody() {
    assertThatThrownBy(() -> requests.resolve(new StartRequest("branch", null, null, null)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().status()).isEqualTo(422);
              assertThat(e.problem().detail()).endsWith("Did you mean branches?");
            });
  }

  private static List<AskedMistake> mistakes(String asked) {
    BatchConfiguration some =
        new BatchConfiguration(
            "some",
            BRANCHES.sources(),
            "dashboard",
            List.of("CInvoice", "public.ad_*", "order details"),
            List.of(),
            Map.of(),
            CopyConfiguration.DEFAULT,
            4,
            2,
            BRANCHES.retry(),
            false,
            true);
    return new AskedBatch(some, List.of(), List.of(asked)).mistakes();
  }
}
