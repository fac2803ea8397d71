package dev.tidemark.workflows.retention;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/** The archive may be away for a while: the schedule's next run tries again anyway. */
final class MaintenanceOptions {

  static final ActivityOptions ACTIVITY =
      ActivityOptions.newBuilder()
          .setStartToCloseTimeout(Duration.ofMinutes(2))
          .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(3).build())
          .build();

  private MaintenanceOptions() {}
}
