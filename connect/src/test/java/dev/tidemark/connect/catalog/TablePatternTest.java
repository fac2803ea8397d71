package dev.tidemark.connect.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TablePatternTest {

  @ParameterizedTest
  @CsvSource({
    "*, public, c_invoice",
    "c_invoice, public, c_invoice",
    "c_invoice, sales, C_INVOICE",
    "CInvoice, public, c_invoice",
    "CInvoice, public, CInvoice",
    "AdOrg, public, ad_org",
    "MProduct, public, m_product",
    "CInvoiceLine, public, c_invoice_line",
    "CInvoiceLine, public, c_invoiceline",
    "CInv*, public, c_invoice",
    "*Line, public, c_invoice_line",
    "c_*, public, c_invoice",
    "C_*, public, c_invoice",
    "c_invoice_20??, public, c_invoice_2024",
    "public.c_*, public, c_order",
    "Public.CInvoice, public, c_invoice",
    "p*.ad_org, public, ad_org",
    "*.*, sales, anything",
    "a$b#1, public, a$b#1",
    "größe, public, GRÖßE",
    "X1Y, public, x_1_y",
    "lmp.ad_org, public, ad_org",
    "lmp.AdOrg, public, ad_org",
    "lmp.public.ad_org, public, ad_org",
    "LMP.Public.AdOrg, public, ad_org",
    "lmp.*, public, anything",
    "order details, public, order details",
    "public.order details, public, Order Details",
    "OrderLine, public, OrderLine",
    "order.line, public, order.line",
    "lmp.public.order.line, public, order.line",
    "a.b.c.d, public, a.b.c.d",
    "`Order Details`, public, Order Details",
  })
  void takes(String pattern, String schema, String table) {
    assertThat(matches(pattern, schema, table)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "c_invoice, public, c_invoice_line",
    "cinvoice, public, c_invoice",
    "CInvoice, public, c_invoice_line",
    "CINVOICE, public, c_invoice",
    "c_*, public, ad_org",
    "public.c_*, sales, c_invoice",
    "c_invoice_20??, public, c_invoice_202",
    "a+b, public, aab",
    "a$, public, a",
    "sby.ad_org, public, ad_org",
    "sby.public.ad_org, public, ad_org",
    "lmp.sales.ad_org, public, ad_org",
    "`OrderLine`, public, order_line",
    "`OrderLine`, public, orderline",
    "`a*`, public, ab",
  })
  void leavesOut(String pattern, String schema, String table) {
    assertThat(matches(pattern, schema, table)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", ".", "a.", ".b", " a", "a ", "a  b", "a,b", "c_%", "[a-z]", "(a|b)", "\"a", "\"\"",
        "'a'", "`a", "\"a\"b", "a;b", "a/b", "a\\b", "a:b", "{a}", "a.b.c.*"
      })
  void refusesWhatIsNoPattern(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TablePattern.parse(text))
        .withMessageContaining("public.c_*");
  }

  @Test
  void knowsWhetherItCanMeanSeveralTables() {
    assertThat(TablePattern.parse("c_*").hasWildcard()).isTrue();
    assertThat(TablePattern.parse("c_?").hasWildcard()).isTrue();
    assertThat(TablePattern.parse("public.c_invoice").hasWildcard()).isFalse();
  }

  @Test
  void isWhatWasTyped() {
    assertThat(TablePattern.parse("public.CInvoice")).hasToString("public.CInvoice");
    assertThat(TablePattern.parse("a")).isEqualTo(TablePattern.parse("a"));
    assertThat(TablePattern.parse("a")).hasSameHashCodeAs(TablePattern.parse("a"));
    assertThat(TablePattern.parse("a")).isNotEqualTo(TablePattern.parse("b"));
  }

  @Test
  void wordsAreTheSameForEverySpellingOfATable() {
    assertThat(TablePattern.parse("my_schema.CInvoice").words()).isEqualTo("my_schema.c_invoice");
    assertThat(TablePattern.parse("C_Invoice").words()).isEqualTo("c_invoice");
  }

  @Test
  void anExactNameGoesBeforeAModelThatMeansAnother() {
    assertThat(selected("OrderLine")).containsExactly("OrderLine");
    assertThat(selected("order_line")).containsExactly("order_line");
    assertThat(selected("\"OrderLine\"")).containsExactly("OrderLine");
    assertThat(selected("lmp.OrderLine")).containsExactly("OrderLine");
    assertThat(selected("lmp.public.order_line")).containsExactly("order_line");
    assertThat(selected("ORDERLINE")).containsExactly("OrderLine");
    assertThat(selected("order*")).containsExactly("order_line", "OrderLine", "order.line");
    assertThat(selected("order.line")).containsExactly("order.line");
    assertThat(selected("\"order.line\"")).containsExactly("order.line");
  }

  @Test
  void whatIsPrintedIsTakenBack() {
    List<TablePath> tables =
        Stream.of(
                "ad_org",
                "AdOrg",
                "OrderLine",
                "order_line",
                "a.b",
                "a b",
                "a\"b",
                "50%",
                "a,b",
                "*")
            .map(name -> new TablePath("lmp", "public", name))
            .toList();
    TableLabels labels = new TableLabels(tables);
    for (TablePath table : tables) {
      assertThat(List.of(labels.of(table), table.nameWithSchema(), table.toString()))
          .allSatisfy(
              printed ->
                  assertThat(TablePattern.parse(printed).select(tables, path -> path))
                      .containsExactly(table));
      assertThat(List.of("lmp." + labels.of(table), "lmp.public." + table.table()))
          .allSatisfy(
              printed ->
                  assertThat(TablePattern.name(printed).resolve(tables, path -> path))
                      .containsExactly(table));
    }
  }

  @Test
  void aSchemaIsShownOnlyWhereTwoTablesWouldLookTheSame() {
    TablePath ofPublic = new TablePath("lmp", "public", "ad_org");
    TablePath ofSales = new TablePath("lmp", "sales", "ad_org");
    TablePath ofOther = new TablePath("sby", "public", "ad_org");
    TableLabels labels = new TableLabels(List.of(ofPublic, ofSales, ofOther));
    assertThat(labels.of(ofPublic)).isEqualTo("public.ad_org");
    assertThat(labels.of(ofSales)).isEqualTo("sales.ad_org");
    assertThat(labels.of(ofOther)).isEqualTo("ad_org");
  }

  @Test
  void whatMayBeAConnectionOrASchemaIsTheConnection() {
    TablePath ofConnection = new TablePath("lmp", "public", "ad_org");
    TablePath ofSchema = new TablePath("sby", "lmp", "ad_org");
    assertThat(TablePattern.parse("lmp.ad_org").select(List.of(ofSchema, ofConnection), p -> p))
        .containsExactly(ofConnection);
    assertThat(TablePattern.parse("lmp.ad_org").mayMean("sby", List.of("lmp", "sby"))).isFalse();
    assertThat(TablePattern.parse("lmp.ad_org").mayMean("sby", List.of("sby"))).isTrue();
    assertThat(TablePattern.parse("lmp.public.x").mayMean("sby", List.of("sby"))).isFalse();
    assertThat(TablePattern.parse("ad_org").mayMean("sby", List.of("lmp", "sby"))).isTrue();
  }

  @Test
  void asksForTheNearestNames() {
    List<TablePath> tables =
        Stream.of("ad_org", "OrderLine", "c_invoice")
            .map(name -> new TablePath("lmp", "public", name))
            .toList();
    assertThat(TablePattern.parse("ad_ogr").didYouMean(tables)).isEqualTo(" Did you mean ad_org?");
    assertThat(TablePattern.parse("OrderLines").didYouMean(tables))
        .isEqualTo(" Did you mean OrderLine?");
    assertThat(TablePattern.parse("zebra").didYouMean(tables)).isEmpty();
  }

  @Test
  void knowsTablesThatAreItsOwn() {
    assertThat(TablePattern.parse("public.tidemark_slice").isReserved()).isTrue();
    assertThat(TablePattern.parse("TidemarkSlice").isReserved()).isTrue();
    assertThat(TablePattern.parse("tidemark_*").isReserved()).isFalse();
    assertThat(TablePattern.parse("tidemarks").isReserved()).isFalse();
  }

  private static boolean matches(String pattern, String schema, String table) {
    return !TablePattern.parse(pattern)
        .select(List.of(new TablePath("lmp", schema, table)), path -> path)
        .isEmpty();
  }

  private static List<String> selected(String pattern) {
    return TablePattern.parse(pattern)
        .select(
            List.of("order_line", "OrderLine", "order.line"),
            name -> new TablePath("lmp", "public", name));
  }
}
