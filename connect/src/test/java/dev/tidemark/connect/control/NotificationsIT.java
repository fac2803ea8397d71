package dev.tidemark.connect.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotificationsIT {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private static EmbeddedPostgres postgres;

  private Notifications notifications;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void open() {
    notifications = new Notifications(new ControlAccess(postgres.getPostgresDatabase(), "public"));
  }

  @Test
  void remembersWhatWasSentAndTheFirstNoteHolds() {
    assertThat(notifications.sent("a/1/slack")).isFalse();
    notifications.note(sent("a/1/slack", "slack", "a", "failed", NOON));
    notifications.note(sent("a/1/slack", "slack", "a", "completed", NOON.plusSeconds(1)));

    assertThat(notifications.sent("a/1/slack")).isTrue();
    assertThat(notifications.last("slack", "a"))
        .contains(sent("a/1/slack", "slack", "a", "failed", NOON));
  }

  @Test
  void theLastIsOfThisReceiverAndThisBatch() {
    notifications.note(sent("b/1/x", "x", "b", "failed", NOON));
    notifications.note(sent("b/2/x", "x", "b", "completed", NOON.plusSeconds(60)));
    notifications.note(sent("b/3/y", "y", "b", "interrupted", NOON.plusSeconds(120)));
    notifications.note(sent("c/4/x", "x", "c", "failed", NOON.plusSeconds(180)));

    assertThat(notifications.last("x", "b"))
        .hasValueSatisfying(last -> assertThat(last.id()).isEqualTo("b/2/x"));
    assertThat(notifications.last("z", "b")).isEmpty();
  }

  @Test
  void forgetsWhatIsOldButNotTheLast() {
    notifications.note(sent("d/1/x", "x", "d", "failed", NOON));
    notifications.note(sent("d/2/x", "x", "d", "completed", NOON.plusSeconds(1)));
    notifications.note(sent("d/3/y", "y", "d", "failed", NOON));

    assertThat(notifications.deleteBefore(NOON.plusSeconds(60))).isPositive();

    assertThat(notifications.sent("d/1/x")).isFalse();
    assertThat(notifications.sent("d/2/x")).isTrue();
    assertThat(notifications.sent("d/3/y")).isTrue();
  }

  private static SentNotification sent(
      String id, String receiver, String name, String status, Instant at) {
    return new SentNotification(id, receiver, "sync_" + id, name, status, at);
  }
}
