package dev.tidemark.api.run;

import dev.tidemark.api.key.Caller;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.connect.control.ControlDatabase;
import dev.tidemark.connect.control.IdempotencyKeys;
import dev.tidemark.connect.control.Reservation;
import dev.tidemark.workflows.PayloadJson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Remembers what a request was to start, so that the same request starts nothing more. */
@Component
public final class IdempotentRequests {

  private final IdempotencyKeys keys;

  public IdempotentRequests(ControlDatabase control) {
    this.keys = control.idempotencyKeys();
  }

  /**
   * What the first request with this key reserved.
   *
   * @param key null when the request has none, and is therefore the first
   * @param sort of what is started: the same key of another sort is another key
   * @param proposed what is reserved when this is the first
   * @throws ProblemException when the key was used for another request
   */
  public String reserved(
      Caller caller, String sort, @Nullable String key, Object request, String proposed) {
    if (key == null) {
      return proposed;
    }
    Reservation reservation =
        keys.reserve(caller.id(), sort + " " + key, PayloadJson.write(request), proposed);
    if (!reservation.sameRequest()) {
      throw ProblemException.idempotencyKeyReused();
    }
    return reservation.resourceId();
  }
}
