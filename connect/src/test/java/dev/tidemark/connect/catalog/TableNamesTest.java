package dev.tidemark.connect.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableNamesTest {

  @ParameterizedTest
  @CsvSource({
    "ad_org, AdOrg",
    "m_product, MProduct",
    "c_invoice, CInvoice",
    "c_invoiceline, CInvoiceline",
    "c_invoice_2024, CInvoice2024",
    "AD_ORG, AdOrg",
    "OrderItem, OrderItem",
    "orderItem, OrderItem",
    "orders, Orders",
    "_audit__log_, AuditLog",
    "überweisung_art, ÜberweisungArt",
  })
  void namesTheModelOfATable(String table, String model) {
    assertThat(TableNames.model(table)).isEqualTo(model);
  }

  @ParameterizedTest
  @CsvSource({
    "AdOrg, ad_org",
    "MProduct, m_product",
    "CInvoice, c_invoice",
    "CInvoiceLine, c_invoice_line",
    "HTTPServer, http_server",
    "orderItem, order_item",
    "Order2Item, order2_item",
    "ad_org, ad_org",
    "AD_ORG, ad_org",
    "ORDERS, orders",
  })
  void namesTheTableOfAModel(String model, String table) {
    assertThat(TableNames.snake(model)).isEqualTo(table);
  }

  @Test
  void bothWaysMeetForPlainNames() {
    for (String table : new String[] {"ad_org", "m_product", "c_invoice"}) {
      assertThat(TableNames.snake(TableNames.model(table))).isEqualTo(table);
    }
  }
}
