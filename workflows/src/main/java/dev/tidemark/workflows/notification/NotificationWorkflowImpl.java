package dev.tidemark.workflows.notification;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** One activity per receiver, so that none waits for another, or hears twice because of another. */
public class NotificationWorkflowImpl implements NotificationWorkflow {

  /** So long is somebody tried who is away. */
  private static final Duration PATIENCE = Duration.ofDays(1);

  private final ReceiverActivities receivers =
      Workflow.newActivityStub(
          ReceiverActivities.class,
          ActivityOptions.newBuilder()
              .setStartToCloseTimeout(Duration.ofSeconds(30))
              .setScheduleToCloseTimeout(PATIENCE)
              .setRetryOptions(
                  RetryOptions.newBuilder()
                      .setInitialInterval(Duration.ofSeconds(1))
                      .setBackoffCoefficient(2)
                      .setMaximumInterval(Duration.ofMinutes(5))
                      .build())
              .build());

  @Override
  public void run(EndedRun ended) {
    Map<String, Promise<Void>> told = new LinkedHashMap<>();
    for (String receiver : receivers.receivers(ended)) {
      if (!told.isEmpty()) {
        // A task of its own for each: a batch of many tables, several times in the answer to one
        // task, would be more than Temporal takes in a message.
        Workflow.sleep(Duration.ofMillis(1));
      }
      told.put(receiver, Async.procedure(receivers::tell, new Telling(receiver, ended)));
    }
    StringJoiner failures = new StringJoiner("; ");
    told.forEach(
        (receiver, end) -> {
          try {
            end.get();
          } catch (ActivityFailure e) {
            failures.add(reason(e) + " [" + receiver + "]");
          }
        });
    if (failures.length() > 0) {
      throw ApplicationFailure.newNonRetryableFailure(
          "Not everybody was told: " + failures, "NOTIFICATION_FAILED");
    }
  }

  private static String reason(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApplicationFailure known) {
        return String.valueOf(known.getOriginalMessage());
      }
    }
    return "no worker took the message";
  }
}
