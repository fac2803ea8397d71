package dev.tidemark.cli.client;

import org.jspecify.annotations.Nullable;

/** The API refused, or could not be reached. The message says what happened and what to do. */
public final class ApiException extends RuntimeException {

  private final int status;
  private final String code;

  ApiException(int status, String message, @Nullable Throwable cause) {
    this(status, "", message, cause);
  }

  ApiException(int status, String code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.code = code;
  }

  /** The HTTP status; 0 when there was no answer. */
  public int status() {
    return status;
  }

  /** What kind of problem it is, such as {@code NO_WORKER}; empty when the API did not say. */
  public String code() {
    return code;
  }

  /**
   * Whether the same call may succeed in a moment, since nobody or only a proxy answered, or what
   * the API needs is away.
   */
  public boolean passing() {
    return status == 0 || status == 502 || status == 503 || status == 504;
  }
}
