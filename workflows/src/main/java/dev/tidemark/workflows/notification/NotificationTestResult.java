package dev.tidemark.workflows.notification;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a test of notifications went.
 *
 * @param rules those that were tried, in the order of the configuration
 */
public record NotificationTestResult(List<Rule> rules) {

  /**
   * One rule.
   *
   * @param rule its place in the list of the configuration, from 0
   * @param receiver who is told; bears no secret
   * @param error why the test message was not taken; null when it was
   */
  public record Rule(int rule, String receiver, @Nullable String error) {

    public Rule {
      Objects.requireNonNull(receiver, "receiver");
    }
  }

  public NotificationTestResult {
    rules = List.copyOf(rules);
  }
}
