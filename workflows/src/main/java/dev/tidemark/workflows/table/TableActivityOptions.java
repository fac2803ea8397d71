package dev.tidemark.workflows.table;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/**
 * How {@code syncTable} is scheduled. The worker adds its task queue, see {@code
 * WorkflowImplementationOptions.setActivityOptions}.
 */
public final class TableActivityOptions {

  private static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(5);

  /** Longer than any table takes: what limits a table is its budget of failures. */
  private static final Duration START_TO_CLOSE = Duration.ofDays(30);

  private TableActivityOptions() {}

  /**
   * Attempts are unlimited, since a worker that dies or a lock that is held uses up none of the
   * budget: the activity counts its real failures itself, and says when the next attempt may come.
   * What is set here is only how soon somebody else takes over from a worker that died.
   */
  public static ActivityOptions of(TableTask task) {
    return ActivityOptions.newBuilder()
        .setHeartbeatTimeout(HEARTBEAT_TIMEOUT)
        .setStartToCloseTimeout(START_TO_CLOSE)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setMaximumAttempts(0)
                .setInitialInterval(Duration.ofMillis(100))
                .setMaximumInterval(Duration.ofSeconds(2))
                .build())
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setSummary(
            task.source().connection() + "." + task.source().table() + " → " + task.targetTable())
        .build();
  }
}
