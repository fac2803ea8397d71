package dev.tidemark.connect.control;

import dev.tidemark.connect.failure.SyncException;
import java.util.Optional;

/**
 * What was sent to whom about the ends of runs, so that nobody is told twice.
 *
 * <p>Every method throws a {@link SyncException} when the log cannot be used.
 */
public interface NotificationLog {

  /** Whether the message of this id was sent. */
  boolean sent(String id);

  /** What a receiver was told last about batches of this name; empty when nothing. */
  Optional<SentNotification> last(String receiver, String batchName);

  /** Notes that a message was sent; the first note of an id holds. */
  void note(SentNotification sent);
}
