package dev.tidemark.activities.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.connect.configuration.NotificationRule;
import dev.tidemark.workflows.batch.BatchStatus;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The failed batch is called branches; c_invoice and größe failed, and it took 185 s. */
class RuleMatchTest {

  @Test
  void byTheNameOfTheBatch() {
    assertThat(means(rule(List.of("branches"), List.of(), List.of(), List.of(), null))).isTrue();
    assertThat(means(rule(List.of("x", "bra*"), List.of(), List.of(), List.of(), null))).isTrue();
    assertThat(means(rule(List.of("branch?"), List.of(), List.of(), List.of(), null))).isFalse();
    assertThat(means(rule(List.of("b.*"), List.of(), List.of(), List.of(), null))).isFalse();
  }

  @Test
  void byTheTablesThatFailed() {
    assertThat(means(tables("CInvoice"))).isTrue();
    assertThat(means(tables("public.c_*"))).isTrue();
    assertThat(means(tables("größe"))).isTrue();
    String completed = "ad_org";
    assertThat(report().progress().tables())
        .anyMatch(table -> table.table().table().equals(completed));
    assertThat(means(tables(completed))).isFalse();
  }

  @Test
  void byTheConnectionsOfTheTablesThatFailed() {
    assertThat(means(rule(List.of(), List.of("pgsql_lmp"), List.of(), List.of(), null))).isTrue();
    assertThat(means(rule(List.of(), List.of("pgsql_sby"), List.of(), List.of(), null))).isFalse();
  }

  @Test
  void byTheirCodesOfError() {
    assertThat(means(codes("VALUE_DOES_NOT_FIT"))).isTrue();
    assertThat(means(codes("NO_KEY"))).isFalse();
    assertThat(
            means(
                rule(List.of(), List.of(), List.of("ad_org"), List.of("VALUE_DOES_NOT_FIT"), null)))
        .isFalse();
  }

  @Test
  void byHowLongItTook() {
    assertThat(means(longer(Duration.ofSeconds(184)))).isTrue();
    assertThat(means(longer(Duration.ofSeconds(185)))).isFalse();
  }

  @Test
  void aBatchThatDidNotFailIsMeantByAllItsTablesAndWhateverItsCodes() {
    BatchReport completed = BatchReport.of(Batches.completed(), Batches.START);
    String table = completed.progress().tables().getFirst().table().table();
    assertThat(new RuleMatch(tables(table)).means(completed)).isTrue();
    assertThat(new RuleMatch(tables("other")).means(completed)).isFalse();
    assertThat(new RuleMatch(codes("NO_KEY")).means(completed)).isTrue();
  }

  @Test
  void aBatchThatFailedWithoutATableHasACodeOfItsOwn() {
    BatchReport nothing =
        BatchReport.of(Batches.ended(BatchStatus.FAILED, List.of()), Batches.START);
    assertThat(new RuleMatch(codes("NOTHING_TO_SYNC")).means(nothing)).isTrue();
    assertThat(new RuleMatch(codes("NO_KEY")).means(nothing)).isFalse();
    assertThat(new RuleMatch(codes()).means(nothing)).isTrue();
    assertThat(new RuleMatch(tables("c_invoice")).means(nothing)).isFalse();
  }

  private static boolean means(NotificationRule rule) {
    return new RuleMatch(rule).means(report());
  }

  private static BatchReport report() {
    return BatchReport.of(Batches.failed(), Batches.START);
  }

  private static NotificationRule tables(String... tables) {
    return rule(List.of(), List.of(), List.of(tables), List.of(), null);
  }

  private static NotificationRule codes(String... codes) {
    return rule(List.of(), List.of(), List.of(), List.of(codes), null);
  }

  private static NotificationRule longer(Duration than) {
    return rule(List.of(), List.of(), List.of(), List.of(), than);
  }

  private static NotificationRule rule(
      List<String> batches,
      List<String> connections,
      List<String> tables,
      List<String> codes,
      @Nullable Duration longerThan) {
    return new NotificationRule(
        Set.of("failed"), batches, connections, tables, codes, longerThan, false, null);
  }
}
