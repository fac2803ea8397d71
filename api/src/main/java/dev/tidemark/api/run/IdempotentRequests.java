package dev.tidemark.api.run;

import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.connect.control.ControlDatabase;
import dev.tidemark.connect.control.IdempotencyKeys;
import dev.tidemark.connect.control.Reservation;
import dev.tidemark.connect.failure.SyncException;
import dev.tidemark.workflows.PayloadJson;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Remembers what a request was to start, so that the same request starts nothing more, and gets the
 * same answer. What is refused leaves no trace: asked again, it is looked at anew.
 *
 * <p>What is to start is kept in the control database before it starts, so nothing starts under a
 * key while that is away. An order is carried out all the same, and not remembered.
 */
@Component
public final class IdempotentRequests {

  private static final String DONE = "done";

  private static final Logger log = LoggerFactory.getLogger(IdempotentRequests.class);

  private final IdempotencyKeys keys;

  public IdempotentRequests(ControlDatabase control) {
    this.keys = control.idempotencyKeys();
  }

  /**
   * What an earlier request with this key reserved, or came to; empty when there was none.
   *
   * @throws ProblemException when the key was used for another request
   */
  public Optional<String> earlier(Repeatable asked) {
    return asked.key() == null
        ? Optional.empty()
        : keys.find(asked.caller().id(), name(asked), PayloadJson.write(asked.request()))
            .map(IdempotentRequests::checked);
  }

  /**
   * What the first request with this key reserved.
   *
   * @param proposed what is reserved when this is the first
   * @throws ProblemException when the key was used for another request
   */
  public String reserved(Repeatable asked, String proposed) {
    return asked.key() == null
        ? proposed
        : checked(
            keys.reserve(
                asked.caller().id(), name(asked), PayloadJson.write(asked.request()), proposed));
  }

  private static String name(Repeatable asked) {
    return asked.sort() + " " + asked.key();
  }

  private static String checked(Reservation reservation) {
    if (!reservation.sameRequest()) {
      throw ProblemException.idempotencyKeyReused();
    }
    return reservation.resourceId();
  }

  /** Keeps what the request came to instead of what was reserved, where that can be kept. */
  public void settle(Repeatable asked, String outcome) {
    if (asked.key() != null) {
      remember(() -> keys.settle(asked.caller().id(), name(asked), outcome));
    }
  }

  /**
   * Forgets what was reserved: the request was refused after all.
   *
   * @param reserved what stands there, unless another request has settled it meanwhile
   */
  public void release(Repeatable asked, String reserved) {
    if (asked.key() != null) {
      remember(() -> keys.release(asked.caller().id(), name(asked), reserved));
    }
  }

  /** What was done is done, whether it can be remembered or not. */
  private static void remember(Runnable note) {
    try {
      note.run();
    } catch (SyncException e) {
      passing(e);
      log.warn("What a request came to is not remembered: {}", e.getMessage());
    }
  }

  /** Ends the request where the database does not merely stay away. */
  private static void passing(SyncException e) {
    if (!e.code().retryable()) {
      throw e;
    }
  }

  /**
   * Starts what has an id of its own, unless an earlier request with the same key has. Whether it
   * could be asked for today counts only when it has not.
   *
   * @param proposed its id when this is the first request
   * @param started whether there is something of this id
   * @param prepare what is needed to start it; throws what refuses the request
   * @param start starts it; nothing happens when another request does at the same time
   * @return its id
   */
  public <T> String start(
      Repeatable asked,
      String proposed,
      Predicate<String> started,
      Supplier<T> prepare,
      BiConsumer<String, T> start) {
    Optional<String> earlier = earlier(asked).filter(started);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    T prepared = prepare.get();
    String id = reserved(asked, proposed);
    start.accept(id, prepared);
    return id;
  }

  /** Carries an order out, unless an earlier request with the same key is known to have. */
  public void once(Repeatable asked, Runnable order) {
    if (known(asked).isEmpty()) {
      order.run();
      remember(
          () -> {
            String ignored = reserved(asked, DONE);
          });
    }
  }

  private Optional<String> known(Repeatable asked) {
    try {
      return earlier(asked);
    } catch (SyncException e) {
      passing(e);
      return Optional.empty();
    }
  }
}
