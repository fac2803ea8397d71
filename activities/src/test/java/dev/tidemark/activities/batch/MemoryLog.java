package dev.tidemark.activities.batch;

import dev.tidemark.connect.control.NotificationLog;
import dev.tidemark.connect.control.SentNotification;
import dev.tidemark.connect.failure.ErrorCode;
import dev.tidemark.connect.failure.SyncException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log of notifications that lasts as long as the test, and can be out of reach. */
final class MemoryLog implements NotificationLog {

  final List<SentNotification> notes = new CopyOnWriteArrayList<>();
  volatile boolean down;

  @Override
  public boolean sent(String id) {
    refuseWhenDown();
    return notes.stream().anyMatch(note -> note.id().equals(id));
  }

  @Override
  public Optional<SentNotification> last(String receiver, String batchName) {
    refuseWhenDown();
    return notes.reversed().stream()
        .filter(note -> note.receiver().equals(receiver) && note.batchName().equals(batchName))
        .findFirst();
  }

  @Override
  public void note(SentNotification sent) {
    refuseWhenDown();
    notes.add(sent);
  }

  private void refuseWhenDown() {
    if (down) {
      throw new SyncException(ErrorCode.CONNECTION_FAILED, "the control database is away", "Wait.");
    }
  }
}
