package dev.tidemark.connect.control;

import java.time.Instant;
import java.util.Objects;

/**
 * A message that a receiver took.
 *
 * @param id the id that the message bears: batch, run and receiver
 * @param receiver who was told; the same for the same configuration in every process
 * @param status how the batch had ended
 */
public record SentNotification(
    String id, String receiver, String batchId, String batchName, String status, Instant sentAt) {

  public SentNotification {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(receiver, "receiver");
    Objects.requireNonNull(batchId, "batchId");
    Objects.requireNonNull(batchName, "batchName");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(sentAt, "sentAt");
  }
}
