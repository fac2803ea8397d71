package dev.tidemark.workflows.table;

import io.temporal.api.enums.v1.RetryState;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what an activity that ended without a result says. */
public final class ActivityOutcome {

  private static final String LOOK =
      "Look at the cause in the Temporal Web UI or the worker's log.";

  private ActivityOutcome() {}

  /**
   * Whether the activity ended because it was asked to: it was never started, gave up on the way,
   * or met a passing error after the request, which the server then does not retry.
   */
  public static boolean stopped(RuntimeException failure) {
    if (find(failure, CanceledFailure.class).isPresent()) {
      return true;
    }
    boolean requested =
        find(failure, ActivityFailure.class)
            .map(activity -> activity.getRetryState() == RetryState.RETRY_STATE_CANCEL_REQUESTED)
            .orElse(false);
    boolean permanent =
        find(failure, ApplicationFailure.class)
            .map(ApplicationFailure::isNonRetryable)
            .orElse(false);
    return requested && !permanent;
  }

  /** Why the activity failed: its first detail, or the nearest to it that can be said. */
  public static ErrorDetail error(RuntimeException failure) {
    Optional<ApplicationFailure> application = find(failure, ApplicationFailure.class);
    if (application.isPresent()) {
      return detail(application.get(), 0, ErrorDetail.class)
          .orElseGet(
              () ->
                  new ErrorDetail(
                      "UNCLASSIFIED",
                      String.valueOf(application.get().getOriginalMessage()),
                      LOOK));
    }
    Optional<TimeoutFailure> timeout = find(failure, TimeoutFailure.class);
    if (timeout.isPresent()) {
      return new ErrorDetail(
          "TIMED_OUT",
          "No worker finished the step in time (" + timeout.get().getTimeoutType() + ").",
          "Check that workers run, then resume.");
    }
    return new ErrorDetail("UNCLASSIFIED", String.valueOf(failure.getMessage()), LOOK);
  }

  /** What a table had done when it failed: the second detail of its failure, where it has one. */
  public static Optional<TableResult> result(RuntimeException failure) {
    return find(failure, ApplicationFailure.class)
        .flatMap(application -> detail(application, 1, TableResult.class));
  }

  private static <T> Optional<T> detail(ApplicationFailure failure, int index, Class<T> type) {
    if (failure.getDetails().getSize() <= index) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(failure.getDetails().get(index, type));
    } catch (DataConverterException e) {
      return Optional.empty();
    }
  }

  private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    for (@Nullable Throwable link = failure; link != null; link = link.getCause()) {
      if (type.isInstance(link)) {
        return Optional.of(type.cast(link));
      }
    }
    return Optional.empty();
  }
}
