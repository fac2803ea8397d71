package dev.tidemark.connect.failure;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An error with a code, what was being done to what, and what to do about it. */
public class SyncException extends RuntimeException {

  private final ErrorCode code;
  private final String message;
  private final String remedy;

  public SyncException(ErrorCode code, String message, String remedy) {
    this(code, message, remedy, null);
  }

  public SyncException(ErrorCode code, String message, String remedy, @Nullable Throwable cause) {
    super(message, cause);
    this.code = Objects.requireNonNull(code, "code");
    this.message = Objects.requireNonNull(message, "message");
    this.remedy = Objects.requireNonNull(remedy, "remedy");
  }

  public ErrorCode code() {
    return code;
  }

  @Override
  public String getMessage() {
    return message;
  }

  /** A sentence that says what to do. */
  public String remedy() {
    return remedy;
  }
}
