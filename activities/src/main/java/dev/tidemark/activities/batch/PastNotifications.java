package dev.tidemark.activities.batch;

import dev.tidemark.connect.configuration.NotificationRule;
import dev.tidemark.connect.control.NotificationLog;
import dev.tidemark.connect.control.SentNotification;
import dev.tidemark.connect.failure.SyncException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether somebody was told before. While the log cannot be used, everybody is told what they want
 * to know: better twice than never.
 */
final class PastNotifications {

  private static final Logger logger = LoggerFactory.getLogger(PastNotifications.class);
  private static final String COMPLETED = "completed";

  private final NotificationLog log;

  PastNotifications(NotificationLog log) {
    this.log = log;
  }

  /** Whether the message of this id is on its way already; false when that cannot be known. */
  boolean sent(String id) {
    try {
      return log.sent(id);
    } catch (SyncException e) {
      logger.warn("Whether {} was sent is not known, so it is sent: {}", id, e.getMessage());
      return false;
    }
  }

  /** Whether a rule wants to know of this end, as far as the past decides that. */
  boolean due(NotificationRule rule, String receiver, BatchReport report, Instant now) {
    boolean wanted = rule.on().contains(report.outcome()) || rule.on().contains(report.status());
    boolean mayRecover = rule.onlyChanges() && report.outcome().equals(COMPLETED);
    if (!rule.needsPast() || !(wanted || mayRecover)) {
      return wanted;
    }
    Optional<SentNotification> last;
    try {
      last = log.last(receiver, report.progress().name());
    } catch (SyncException e) {
      logger.warn(
          "What {} was told last about batch {} is not known, so it is told again: {}",
          receiver,
          report.progress().name(),
          e.getMessage());
      return wanted;
    }
    // Who was told nothing yet believes that all is well.
    String told = last.map(SentNotification::status).orElse(COMPLETED);
    boolean news = !rule.onlyChanges() || !told.equals(report.outcome());
    Duration least = rule.atMostEvery();
    boolean soon =
        least != null
            && last.map(SentNotification::sentAt)
                .filter(sentAt -> sentAt.plus(least).isAfter(now))
                .isPresent();
    return news && !soon;
  }

  /** Notes that a message was taken. */
  void note(SentNotification sent) {
    try {
      log.note(sent);
    } catch (SyncException e) {
      logger.warn("{} was sent and cannot be noted: {}", sent.id(), e.getMessage());
    }
  }
}
