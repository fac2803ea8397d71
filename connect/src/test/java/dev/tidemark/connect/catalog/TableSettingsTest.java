package dev.tidemark.connect.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TableSettingsTest {

  @Test
  void ofSeveralNamesForOneTableTheMostAlikeHolds() {
    assertThat(of(List.of("OrderLine", "orderline", "ORDERLINE"), "orderline", "orderline"))
        .contains("orderline");
    assertThat(of(List.of("OrderLine", "\"order_line\""), "order_line", "order_line"))
        .contains("\"order_line\"");
  }

  @Test
  void aNameHoldsForEachTableItMayMean() {
    assertThat(of(List.of("orderline"), "ORDERLINE", "OrderLine", "ORDERLINE"))
        .contains("orderline");
  }

  @Test
  void aNameInQuotesHoldsForThisSpellingAlone() {
    assertThat(of(List.of("\"a.b\""), "a.b", "a.b")).contains("\"a.b\"");
    assertThat(of(List.of("\"OrderLine\""), "orderline", "orderline")).isEmpty();
    assertThat(of(List.of("\"a*\""), "ab", "ab")).isEmpty();
  }

  private static Optional<String> of(List<String> typed, String table, String... catalog) {
    List<TablePath> tables = Stream.of(catalog).map(TableSettingsTest::path).toList();
    return TableSettings.of(typed, tables).of(path(table));
  }

  private static TablePath path(String table) {
    return new TablePath("lmp", "public", table);
  }
}
