package dev.tidemark.workflows.notification;

import java.util.Objects;

/**
 * One message.
 *
 * @param receiver id of who is told
 * @param ended what about
 */
public record Telling(String receiver, EndedRun ended) {

  public Telling {
    Objects.requireNonNull(receiver, "receiver");
    Objects.requireNonNull(ended, "ended");
  }
}
