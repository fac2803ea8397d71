package dev.tidemark.api.batch;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.connect.configuration.BatchConfiguration;
import dev.tidemark.connect.configuration.ConfigurationLoader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SoftRepairsTest {

  private static SoftRepairs of(String batch) {
    BatchConfiguration nightly =
        new ConfigurationLoader(Map.of())
            .parse(
                "test",
                """
                connections:
                  shop: {url: "jdbc:postgresql://127.0.0.1/shop"}
                  dashboard: {url: "jdbc:postgresql://127.0.0.1/dashboard"}
                batches:
                  nightly:
                    sources: [shop]
                    target: dashboard
                    tables: "*"
                %s"""
                    .formatted(batch.indent(4)))
            .batches()
            .get("nightly");
    return new SoftRepairs(Objects.requireNonNull(nightly));
  }

  private static void assertRefused(SoftRepairs repairs, String... tables) {
    assertThatThrownBy(() -> repairs.check(List.of(tables)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("would stay marked");
  }

  @Test
  void refusesTablesOfModesThatSeeNoDeletes() {
    assertRefused(of("mode: full"));
    assertRefused(of("mode: incremental\nchange-column: updated"), "ad_org");
    SoftRepairs some = of("mode: diff\ntable: {AdOrg: {mode: full}}");
    assertRefused(some);
    assertRefused(some, "m_product", "shop.public.ad_org");
    assertRefused(some, "ad_*");
  }

  @Test
  void takesTablesWhoseSyncsKnowOfMarksOrOfNoRowsAtAll() {
    assertThatCode(() -> of("mode: diff").check(List.of())).doesNotThrowAnyException();
    assertThatCode(() -> of("mode: replace").check(List.of())).doesNotThrowAnyException();
    SoftRepairs some = of("mode: full\ntable: {AdOrg: {mode: diff}}");
    assertThatCode(() -> some.check(List.of("ad_org", "shop.public.ad_org")))
        .doesNotThrowAnyException();
    assertRefused(some, "m_product");
  }
}
