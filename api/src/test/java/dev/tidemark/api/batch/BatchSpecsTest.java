package dev.tidemark.api.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.api.ApiEnvironment;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.connect.configuration.BatchConfiguration;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.SourceSpec;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.WhenBusy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchSpecsTest {

  private static final BatchConfiguration BRANCHES = ApiEnvironment.branches();

  private final BatchSpecs specs = new BatchSpecs(Map.of("branches", BRANCHES));

  @Test
  void takesWhatIsConfigured() {
    BatchSpec spec = specs.resolve(StartRequest.EVERYTHING);
    assertThat(spec.name()).isEqualTo("branches");
    assertThat(spec.sources())
        .containsExactly(
            new SourceSpec("pgsql_lmp", Map.of("branch", "lmp")),
            new SourceSpec("pgsql_sby", Map.of("branch", "sby")));
    assertThat(spec.target()).isEqualTo("dashboard");
    assertThat(spec.tables()).containsExactly("*");
    assertThat(spec.excludeTables()).containsExactly("tmp_*");
    assertThat(spec.tableDefaults()).isEqualTo(TableSpec.DEFAULT);
    assertThat(spec.tableSpec("m_product").target()).isEqualTo("products");
    assertThat(spec.tableSpec("m_product").chunkRows()).isEqualTo(500);
    assertThat(spec.retry()).isEqualTo(RetrySpec.DEFAULT);
    assertThat(spec.whenBusy()).isEqualTo(WhenBusy.WAIT);
    assertThat(spec.createMissingTables()).isTrue();
  }

  @Test
  void narrowsToWhatIsAskedFor() {
    BatchSpec spec =
        specs.resolve(
            new StartRequest("branches", List.of("pgsql_sby"), List.of("AdOrg"), "refuse"));
    assertThat(spec.sources()).extracting(SourceSpec::connection).containsExactly("pgsql_sby");
    assertThat(spec.tables()).containsExactly("AdOrg");
    assertThat(spec.excludeTables()).containsExactly("tmp_*");
    assertThat(spec.whenBusy()).isEqualTo(WhenBusy.REFUSE);
  }

  @Test
  void aBatchHasToBeNamedWhereThereAreSeveral() {
    BatchSpecs several = new BatchSpecs(Map.of("branches", BRANCHES, "other", BRANCHES));
    assertThatThrownBy(() -> several.resolve(StartRequest.EVERYTHING))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("branches, other");
    assertThatThrownBy(() -> new BatchSpecs(Map.of()).resolve(StartRequest.EVERYTHING))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("no batches");
  }

  @Test
  void aTableThatTheBatchDoesNotTakeIsRefused() {
    List<String> patterns = List.of("CInvoice", "public.ad_*");
    assertThat(TablePatterns.include(patterns, "c_invoice")).isTrue();
    assertThat(TablePatterns.include(patterns, "sales.CInvoice")).isTrue();
    assertThat(TablePatterns.include(patterns, "AdOrg")).isTrue();
    assertThat(TablePatterns.include(patterns, "public.ad_org")).isTrue();
    assertThat(TablePatterns.include(patterns, "sales.ad_org")).isFalse();
    assertThat(TablePatterns.include(patterns, "m_product")).isFalse();
    assertThat(TablePatterns.include(List.of("*"), "m_product")).isTrue();
  }
}
