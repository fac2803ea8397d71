package dev.tidemark.worker;

/** Temporal answers, but not so that a worker could work; the message says what to do. */
public final class TemporalUnusableException extends RuntimeException {

  TemporalUnusableException(String message, Throwable cause) {
    super(message, cause);
  }
}
