package dev.tidemark.cli.client;

import dev.tidemark.cli.terminal.Words;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that has failed and is tried again, as the API tells it.
 *
 * @param attempt the one to come, or under way
 * @param nextRetryAt when it comes; null while it is under way
 * @param error why the one before failed
 */
public record Retry(int attempt, @Nullable Instant nextRetryAt, @Nullable SyncError error) {

  /** Such as {@code While connecting to dashboard: refused (attempt 3 at 08:12:31 UTC)}. */
  public String words() {
    String when = nextRetryAt == null ? "" : " at " + Words.clock(nextRetryAt);
    return cause() + " (attempt " + attempt + when + ")";
  }

  /** What it waits for, and which attempt is next; the same before that attempt and in it. */
  String reason() {
    return cause() + attempt;
  }

  private String cause() {
    String message = error == null ? null : error.message();
    return message == null ? "something failed" : message.replaceAll("\\s*\\R\\s*", " ");
  }
}
