package dev.tidemark.cli.client;

import org.jspecify.annotations.Nullable;

/** The API refused, or could not be reached. The message says what happened and what to do. */
public final class ApiException extends RuntimeException {

  private final int status;

  ApiException(int status, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** The HTTP status; 0 when there was no answer. */
  public int status() {
    return status;
  }

  /** Whether the same call may succeed in a moment, since nobody or only a proxy answered. */
  public boolean passing() {
    return status == 0 || status == 502 || status == 503 || status == 504;
  }
}
