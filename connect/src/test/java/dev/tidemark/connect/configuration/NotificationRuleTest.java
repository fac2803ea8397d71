package dev.tidemark.connect.configuration;

import static dev.tidemark.connect.configuration.Reader.BATCH;
import static dev.tidemark.connect.configuration.Reader.mistake;
import static dev.tidemark.connect.configuration.Reader.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationRuleTest {

  private static final String FILE = BATCH + "    sources: [shop]\n    target: dashboard\n";

  @Test
  void readsEverythingThatARuleMaySay() {
    String yaml =
        FILE
            + """
            notifications:
              - type: slack
                url: https://hooks.example.com/T
                on: [failed, completed]
                batches: ["bran*", branches]
                connections: shop
                tables: [c_invoice, "c_*"]
                error-codes: [VALUE_DOES_NOT_FIT, NOTHING_TO_SYNC]
                longer-than: 2h
                only-changes: true
                at-most-every: 30m
            """;
    assertThat(read(yaml).notifications().getFirst().rule())
        .isEqualTo(
            new NotificationRule(
                Set.of("failed", "completed"),
                List.of("bran*", "branches"),
                List.of("shop"),
                List.of("c_invoice", "c_*"),
                List.of("VALUE_DOES_NOT_FIT", "NOTHING_TO_SYNC"),
                Duration.ofHours(2),
                true,
                Duration.ofMinutes(30)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "batches: [shops]  | batches | names or patterns of batches: branches",
        "connections: [mars] | connections | a connection: shop, dashboard",
        "tables: ['a,b'] | tables | a table such as",
        "error-codes: [VALUE_TOO_LONG] | error-codes | VALUE_DOES_NOT_FIT",
        "longer-than: soon | longer-than | a whole number with a unit",
        "only-changes: 1 | only-changes | true or false",
        "at-most-every: 0s | at-most-every | a whole number with a unit",
      })
  void namesEveryMistake(String line, String key, String allowed) {
    Mistake mistake =
        mistake(
            FILE + "notifications:\n  - type: slack\n    url: https://h.example.com\n    " + line);
    assertThat(mistake.path()).isEqualTo("notifications[0]." + key);
    assertThat(mistake.allowed()).contains(allowed);
  }
}
