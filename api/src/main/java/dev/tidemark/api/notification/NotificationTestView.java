package dev.tidemark.api.notification;

import dev.tidemark.workflows.notification.NotificationTestResult;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a test of notifications went. */
@Schema(name = "NotificationTest")
public record NotificationTestView(List<Rule> rules) {

  /**
   * One rule.
   *
   * @param rule its place in the list of the configuration, from 0
   * @param receiver who is told, without secrets
   * @param told whether the receiver took the test message
   * @param error why not; null when it did
   */
  @Schema(name = "NotificationTestRule")
  public record Rule(int rule, String receiver, boolean told, @Nullable String error) {}

  static NotificationTestView of(NotificationTestResult result) {
    return new NotificationTestView(
        result.rules().stream()
            .map(rule -> new Rule(rule.rule(), rule.receiver(), rule.error() == null, rule.error()))
            .toList());
  }
}
