package dev.tidemark.workflows.table;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/** Short looks at slices, on the control task queue: whoever waits takes no place from a copy. */
@ActivityInterface
public interface SliceActivities {

  /**
   * Returns when nobody holds the slice any more, nor one that shares rows with it. Each attempt is
   * one look: while the slice is held it heartbeats a {@link TableHeartbeat} that names the holder,
   * and fails retryably. Whatever else is wrong ends the waiting as well, since the copy has a
   * budget for it.
   */
  void awaitSlice(SliceWait wait);

  /** Waits as long as it takes, and looks every few seconds. Retries leave no events. */
  static ActivityOptions options(SliceWait wait) {
    return ActivityOptions.newBuilder()
        .setStartToCloseTimeout(Duration.ofMinutes(1))
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setMaximumAttempts(0)
                .setInitialInterval(Duration.ofSeconds(1))
                .setBackoffCoefficient(1.5)
                .setMaximumInterval(Duration.ofSeconds(5))
                .build())
        .setSummary(
            wait.table().connection()
                + "."
                + wait.table().table()
                + " waits for "
                + wait.slice().holder())
        .build();
  }
}
