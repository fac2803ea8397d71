package dev.tidemark.workflows.notification;

import io.temporal.activity.ActivityInterface;

/** Control work: telling people that this is a test. */
@ActivityInterface
public interface NotificationTestActivities {

  /** Sends a test message by the rules asked for, and says how that went. */
  NotificationTestResult sendTest(NotificationTestInput input);
}
