package dev.tidemark.cli.client;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the test of one rule went.
 *
 * @param rule its place in the list of the configuration, from 0
 * @param receiver who is told
 * @param told whether the receiver took the message
 * @param error why not
 */
public record NotificationTest(int rule, String receiver, boolean told, @Nullable String error) {

  public NotificationTest {
    receiver = Objects.requireNonNullElse(receiver, "");
  }
}
