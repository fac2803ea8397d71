package dev.tidemark.activities.batch;

/** A receiver could not be told. The message bears no secret; it ends up in histories. */
final class DeliveryException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean retryable;

  DeliveryException(String message, boolean retryable) {
    super(message);
    this.retryable = retryable;
  }

  /** Whether the same delivery may succeed later without anybody doing anything. */
  boolean retryable() {
    return retryable;
  }
}
