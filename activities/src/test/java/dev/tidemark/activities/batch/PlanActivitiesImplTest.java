package dev.tidemark.activities.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.configuration.ConnectionConfiguration;
import dev.tidemark.connect.configuration.DatabaseType;
import dev.tidemark.connect.table.TableEntry;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.PlannedTable;
import dev.tidemark.workflows.batch.SourceSpec;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.RetrySpec;
import dev.tidemark.workflows.table.TableSpec;
import dev.tidemark.workflows.table.WhenBusy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlanActivitiesImplTest {

  @Test
  void anExactNameGoesBeforeAModelThatMeansAnother() {
    assertThat(names(plan(List.of("OrderLine"), List.of(), "order_line", "OrderLine")))
        .containsExactly("OrderLine");
    assertThat(names(plan(List.of("OrderLine"), List.of(), "order_line")))
        .containsExactly("order_line");
    assertThat(names(plan(List.of("*"), List.of("OrderLine"), "order_line", "OrderLine")))
        .containsExactly("order_line");
  }

  @Test
  void takesNamesWithConnectionAndSchemaDotsAndBlanks() {
    for (String typed :
        List.of("a.b", "\"a.b\"", "lmp.public.a.b", "lmp.\"a.b\"", "public.\"a.b\"")) {
      assertThat(names(plan(List.of(typed), List.of(), "a.b", "b"))).containsExactly("a.b");
    }
    for (String typed :
        List.of("a b", "\"a b\"", "lmp.public.a b", "lmp.\"A b\"".replace('A', 'a'))) {
      assertThat(names(plan(List.of(typed), List.of(), "a b", "b"))).containsExactly("a b");
    }
  }

  @Test
  void aTableOfAnotherSourceIsNotMissedHere() {
    assertThat(plan(List.of("sby.ad_org", "sby.public.AdOrg"), List.of(), "c_invoice")).isEmpty();
  }

  @Test
  void aMissingTableNamesTheNearest() {
    ErrorDetail problem = problem(plan(List.of("AdOgr"), List.of(), "ad_org", "c_invoice"));
    assertThat(problem.code()).isEqualTo("TABLE_NOT_FOUND");
    assertThat(problem.message())
        .isEqualTo("There is no table public.ad_ogr in lmp. Did you mean ad_org?");
  }

  @Test
  void aTableThatIsNamedTwiceIsMissedOnce() {
    assertThat(plan(List.of("AdOgr", "ad_ogr", "lmp.ad_ogr"), List.of(), "c_invoice")).hasSize(1);
  }

  @Test
  void aReservedNameIsRefusedWithTheReason() {
    ErrorDetail problem = problem(plan(List.of("tidemark_slice"), List.of(), "ad_org"));
    assertThat(problem.code()).isEqualTo("TABLE_RESERVED");
    assertThat(problem.message()).contains("the prefix tidemark_ is reserved");
    assertThat(problem.remedy()).contains("Rename");
  }

  @Test
  void settingsHoldForTheTableThatTheirNameMeans() {
    for (String typed : List.of("CInvoiceLine", "C_INVOICELINE", "\"c_invoiceline\"")) {
      assertThat(targets(plan(Map.of(typed, to("lines")), "c_invoiceline", "ad_org")))
          .isEqualTo(Map.of("c_invoiceline", "lines", "ad_org", "ad_org"));
    }
    assertThat(targets(plan(Map.of("\"Ad_Org\"", to("orgs")), "ad_org")))
        .isEqualTo(Map.of("ad_org", "ad_org"));
  }

  @Test
  void settingsOfAnExactNameHoldForThatTableAlone() {
    assertThat(targets(plan(Map.of("OrderLine", to("lines")), "order_line", "OrderLine")))
        .isEqualTo(Map.of("OrderLine", "lines", "order_line", "order_line"));
    assertThat(
            targets(
                plan(
                    Map.of("OrderLine", to("lines"), "\"OrderLine\"", to("quoted")),
                    "order_line",
                    "OrderLine")))
        .isEqualTo(Map.of("OrderLine", "quoted", "order_line", "lines"));
  }

  @Test
  void settingsOfATableThatTheBatchDoesNotTakeHoldForNoOther() {
    assertThat(
            targets(
                plan(
                    List.of("order_line"),
                    List.of(),
                    Map.of("OrderLine", to("lines")),
                    "order_line",
                    "OrderLine")))
        .isEqualTo(Map.of("order_line", "order_line"));
  }

  private static TableSpec to(String target) {
    return new TableSpec(target, List.of(), List.of(), List.of(), Map.of(), Map.of(), 100);
  }

  private static Map<String, String> targets(List<PlannedTable> planned) {
    return planned.stream()
        .collect(Collectors.toMap(table -> table.table().table(), PlannedTable::targetTable));
  }

  private static ErrorDetail problem(List<PlannedTable> planned) {
    assertThat(planned).hasSize(1);
    ErrorDetail problem = planned.getFirst().problem();
    assertThat(problem).isNotNull();
    return problem;
  }

  private static List<String> names(List<PlannedTable> planned) {
    return planned.stream().map(table -> table.table().table()).toList();
  }

  private static List<PlannedTable> plan(
      List<String> tables, List<String> excluded, String... catalog) {
    return plan(tables, excluded, Map.of(), catalog);
  }

  private static List<PlannedTable> plan(Map<String, TableSpec> settings, String... catalog) {
    return plan(List.of("*"), List.of(), settings, catalog);
  }

  private static List<PlannedTable> plan(
      List<String> tables,
      List<String> excluded,
      Map<String, TableSpec> settings,
      String... catalog) {
    BatchSpec spec =
        new BatchSpec(
            "branches",
            List.of(new SourceSpec("lmp", Map.of()), new SourceSpec("sby", Map.of())),
            "dashboard",
            tables,
            excluded,
            TableSpec.DEFAULT,
            settings,
            4,
            2,
            RetrySpec.DEFAULT,
            WhenBusy.WAIT,
            true);
    ConnectionConfiguration source =
        new ConnectionConfiguration(
            "lmp",
            DatabaseType.POSTGRESQL,
            "jdbc:postgresql://127.0.0.1/lmp",
            null,
            null,
            "public",
            1,
            true);
    return PlanActivitiesImpl.plan(
        spec,
        source,
        Arrays.stream(catalog).map(name -> new TableEntry("public", name, 0)).toList());
  }
}
