package dev.tidemark.activities.table;

import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.workflows.table.ErrorDetail;
import io.temporal.failure.ApplicationFailure;

/** Errors of Tidemark in Temporal's form: the code as type, an {@link ErrorDetail} as detail. */
public final class ActivityFailures {

  private ActivityFailures() {}

  /** Retryable exactly when the error's code is. */
  public static ApplicationFailure of(SyncException error) {
    return builder(error, error.getMessage()).setNonRetryable(!error.code().retryable()).build();
  }

  static ApplicationFailure.Builder builder(SyncException error, String message) {
    return ApplicationFailure.newBuilder()
        .setType(error.code().name())
        .setMessage(message)
        .setDetails(new ErrorDetail(error.code().name(), message, error.remedy()));
  }
}
