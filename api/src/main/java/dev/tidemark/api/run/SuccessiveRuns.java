package dev.tidemark.api.run;

import dev.tidemark.api.problem.ProblemException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Starts runs that follow one another under one workflow id, each at most once. Since the id says
 * nothing about which run it is, each carries a token of the request that started it.
 */
@Component
public final class SuccessiveRuns {

  private final IdempotentRequests repeats;
  private final Runs runs;

  SuccessiveRuns(IdempotentRequests repeats, Runs runs) {
    this.repeats = repeats;
    this.runs = runs;
  }

  /**
   * A run to start.
   *
   * @param begin starts it with a token in its memo, see {@link Run#token}; throws a {@link
   *     ProblemException} when one is going on
   */
  public record Start(String workflowId, Consumer<String> begin) {

    public Start {
      Objects.requireNonNull(workflowId, "workflowId");
      Objects.requireNonNull(begin, "begin");
    }
  }

  /**
   * What is kept of a request.
   *
   * @param token of the run; empty once that is known to have begun
   */
  private record Place(String token, String workflowId) {

    static Optional<Place> read(String text) {
      // A token has no blank, whatever a table is called.
      int end = text.indexOf(' ');
      return end < 0
          ? Optional.empty()
          : Optional.of(new Place(text.substring(0, end), text.substring(end + 1)));
    }

    String text() {
      return token + " " + workflowId;
    }

    boolean settled() {
      return token.isEmpty();
    }
  }

  /**
   * Starts a run, unless an earlier request with the same key has.
   *
   * @param prepare throws what refuses the request; not asked when the run was started before
   * @return the workflow id, whose latest run is the one that was started, or one after it
   */
  public String start(Repeatable asked, Supplier<Start> prepare) {
    Optional<Place> earlier = repeats.earlier(asked).flatMap(Place::read);
    if (earlier.filter(this::begun).isPresent()) {
      return earlier.get().workflowId();
    }
    Start start = prepare.get();
    Place proposed = new Place(UUID.randomUUID().toString(), start.workflowId());
    String reserved = repeats.reserved(asked, proposed.text());
    Place place = Place.read(reserved).orElse(proposed);
    // Nobody else knows a token that was made just now.
    if (place.equals(proposed) || !begun(place)) {
      begin(asked, start, place, reserved);
    }
    repeats.settle(asked, new Place("", start.workflowId()).text());
    return start.workflowId();
  }

  private void begin(Repeatable asked, Start start, Place place, String reserved) {
    try {
      start.begin().accept(place.token());
    } catch (ProblemException e) {
      // The same request, at the same time, may have been faster.
      if (!begun(place)) {
        repeats.release(asked, reserved);
        throw e;
      }
    }
  }

  private boolean begun(Place place) {
    return place.settled()
        || runs.describe(place.workflowId())
            .filter(run -> place.token().equals(run.token()))
            .isPresent();
  }
}
