package dev.tidemark.workflows.letter;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/** Writes dead letters, on the bulk task queue. */
@ActivityInterface
public interface LetterActivities {

  /**
   * Tries letters again, each in a transaction of its own that also says what became of it. A
   * letter that was not edited is read anew from its source. Heartbeats the counts so far.
   *
   * @return counts of this attempt; when some slice is busy, it is named, and its letters are left
   * @throws io.temporal.failure.ApplicationFailure with an error code as its type and an {@code
   *     ErrorDetail} as its first detail
   */
  LetterResult retryLetters(LetterTask task);

  /** Letters are few; what ends an attempt is a database that is away, or a worker that dies. */
  static ActivityOptions options(LetterTask task) {
    return ActivityOptions.newBuilder()
        .setHeartbeatTimeout(Duration.ofSeconds(5))
        .setStartToCloseTimeout(Duration.ofHours(12))
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setMaximumAttempts(20)
                .setInitialInterval(Duration.ofSeconds(1))
                .setMaximumInterval(Duration.ofMinutes(1))
                .build())
        .setSummary("dead letters of " + task.connection() + "." + task.table())
        .build();
  }
}
