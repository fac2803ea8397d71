package dev.tidemark.api.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.workflows.table.TableId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableNamesTest {

  private static final TableId ORG = new TableId("lmp", "public", "ad_org");
  private static final TableId OTHER_ORG = new TableId("sby", "public", "ad_org");
  private static final TableId ODD = new TableId("sby", "public", "AdOrg");

  @ParameterizedTest
  @CsvSource({
    "AdOrg, ad_org",
    "CInvoice, c_invoice",
    "MProduct, m_product",
    "CInvoiceLine2Tax, c_invoice_line2_tax",
    "ad_org, ad_org",
    "adOrg, adOrg",
    "AD_ORG, AD_ORG",
    "ORDERS, ORDERS",
    "sales.AdOrg, sales.ad_org"
  })
  void readsModelsAsCatalogNames(String typed, String catalog) {
    assertThat(TableNames.catalog(typed)).isEqualTo(catalog);
  }

  @ParameterizedTest
  @CsvSource({"ad_org, AdOrg", "c_invoice, CInvoice", "orders, Orders", "_a__b, AB"})
  void readsCatalogNamesAsModels(String table, String model) {
    assertThat(TableNames.model(table)).isEqualTo(model);
  }

  @Test
  void findsTablesByAnyOfTheirNames() {
    List<TableId> tables = List.of(ORG, OTHER_ORG);
    assertThat(TableNames.candidates("lmp.public.ad_org", tables)).containsExactly(ORG);
    assertThat(TableNames.candidates("lmp.ad_org", tables)).containsExactly(ORG);
    assertThat(TableNames.candidates("lmp.AdOrg", tables)).containsExactly(ORG);
    assertThat(TableNames.candidates("AdOrg", tables)).containsExactly(ORG, OTHER_ORG);
    assertThat(TableNames.candidates("public.ad_org", tables)).containsExactly(ORG, OTHER_ORG);
    assertThat(TableNames.candidates("c_invoice", tables)).isEmpty();
  }

  @Test
  void aNameSpelledAsTypedGoesBeforeOneThatOnlyMeansTheSame() {
    assertThat(TableNames.candidates("AdOrg", List.of(ORG, ODD))).containsExactly(ODD);
  }
}
