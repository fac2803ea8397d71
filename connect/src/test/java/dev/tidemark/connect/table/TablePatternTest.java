package dev.tidemark.connect.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
  })
  void takes(String pattern, String schema, String table) {
    assertThat(TablePattern.parse(pattern).matches(schema, table)).isTrue();
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
  })
  void leavesOut(String pattern, String schema, String table) {
    assertThat(TablePattern.parse(pattern).matches(schema, table)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", ".", "a.", ".b", "a.b.c", "a b", "a,b", "c_%", "[a-z]", "(a|b)", "\"a\"", "'a'",
        "`a`", "a;b", "a/b", "a\\b", "a:b", "{a}"
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
}
