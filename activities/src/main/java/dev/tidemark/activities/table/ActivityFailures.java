package dev.tidemark.activities.table;

import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.TableResult;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Errors of Tidemark in Temporal's form: the code as type, an {@link ErrorDetail} as detail. */
public final class ActivityFailures {

  private ActivityFailures() {}

  /** Retryable exactly when the error's code is. */
  public static ApplicationFailure of(SyncException error) {
    return builder(error, error.getMessage(), null)
        .setNonRetryable(!error.code().retryable())
        .build();
  }

  /** Never retried, whatever its code says. */
  public static ApplicationFailure permanent(SyncException error) {
    return builder(error, error.getMessage(), null).setNonRetryable(true).build();
  }

  /** Retried after a while. */
  public static ApplicationFailure retried(SyncException error, Duration delay) {
    return builder(error, error.getMessage(), null).setNextRetryDelay(delay).build();
  }

  static ApplicationFailure.Builder builder(
      SyncException error, String message, @Nullable TableResult reached) {
    ErrorDetail detail = new ErrorDetail(error.code().name(), message, error.remedy());
    ApplicationFailure.Builder failure =
        ApplicationFailure.newBuilder().setType(error.code().name()).setMessage(message);
    return reached == null ? failure.setDetails(detail) : failure.setDetails(detail, reached);
  }
}
