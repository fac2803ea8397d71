package dev.tidemark.connect.control;

import static dev.tidemark.connect.control.generated.Tables.NOTIFICATIONS;

import dev.tidemark.connect.control.generated.tables.records.NotificationsRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jooq.impl.DSL;

/** The log of notifications in the control database. */
public final class Notifications implements NotificationLog {

  private final ControlAccess access;

  Notifications(ControlAccess access) {
    this.access = access;
  }

  @Override
  public boolean sent(String id) {
    return access.call(
        "looking for a notification",
        database -> database.fetchExists(NOTIFICATIONS, NOTIFICATIONS.ID.eq(id)));
  }

  @Override
  public Optional<SentNotification> last(String receiver, String batchName) {
    return access.call(
        "looking for the last notification about " + batchName,
        database ->
            database
                .selectFrom(NOTIFICATIONS)
                .where(NOTIFICATIONS.RECEIVER.eq(receiver))
                .and(NOTIFICATIONS.BATCH_NAME.eq(batchName))
                .orderBy(NOTIFICATIONS.SENT_AT.desc())
                .limit(1)
                .fetchOptional()
                .map(Notifications::sent));
  }

  @Override
  public void note(SentNotification sent) {
    access.run(
        "noting a notification about " + sent.batchId(),
        database ->
            database
                .insertInto(NOTIFICATIONS)
                .set(NOTIFICATIONS.ID, sent.id())
                .set(NOTIFICATIONS.RECEIVER, sent.receiver())
                .set(NOTIFICATIONS.BATCH_ID, sent.batchId())
                .set(NOTIFICATIONS.BATCH_NAME, sent.batchName())
                .set(NOTIFICATIONS.STATUS, sent.status())
                .set(NOTIFICATIONS.SENT_AT, sent.sentAt().truncatedTo(ChronoUnit.MICROS))
                .onConflictDoNothing()
                .execute());
  }

  /** Forgets what is older, but for the last that each receiver was told about each batch. */
  public int deleteBefore(Instant instant) {
    var later = NOTIFICATIONS.as("later");
    return access.call(
        "deleting old notifications",
        database ->
            database
                .deleteFrom(NOTIFICATIONS)
                .where(NOTIFICATIONS.SENT_AT.lt(instant))
                .and(
                    DSL.exists(
                        DSL.selectOne()
                            .from(later)
                            .where(later.RECEIVER.eq(NOTIFICATIONS.RECEIVER))
                            .and(later.BATCH_NAME.eq(NOTIFICATIONS.BATCH_NAME))
                            .and(later.SENT_AT.gt(NOTIFICATIONS.SENT_AT))))
                .execute());
  }

  private static SentNotification sent(NotificationsRecord row) {
    return new SentNotification(
        row.getId(),
        row.getReceiver(),
        row.getBatchId(),
        row.getBatchName(),
        row.getStatus(),
        row.getSentAt());
  }
}
