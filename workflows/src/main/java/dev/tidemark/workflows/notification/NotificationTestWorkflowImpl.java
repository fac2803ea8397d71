package dev.tidemark.workflows.notification;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** One step, not tried again: whoever tries it out wants to see the first answer. */
public class NotificationTestWorkflowImpl implements NotificationTestWorkflow {

  private final NotificationTestActivities notifications =
      Workflow.newActivityStub(
          NotificationTestActivities.class,
          ActivityOptions.newBuilder()
              .setStartToCloseTimeout(Duration.ofSeconds(30))
              .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
              .build());

  @Override
  public NotificationTestResult run(NotificationTestInput input) {
    return notifications.sendTest(input);
  }
}
