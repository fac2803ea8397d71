package dev.tidemark.connect.control;

import java.util.Objects;

/**
 * What an idempotency key stands for.
 *
 * @param resourceId id of what the first call with the key creates or created
 * @param sameRequest false when the key was sent with another request before
 */
public record Reservation(String resourceId, boolean sameRequest) {

  public Reservation {
    Objects.requireNonNull(resourceId, "resourceId");
  }
}
