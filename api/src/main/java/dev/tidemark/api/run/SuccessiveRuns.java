package dev.tidemark.api.run;

import dev.tidemark.api.problem.ProblemException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Starts runs that follow one another under one workflow id, each at most once. Since the id says
 * nothing about which run it is, what is reserved is the run before it.
 */
@Component
public final class SuccessiveRuns {

  /** Stands for the run before the first. */
  private static final String NO_RUN = "";

  private final IdempotentRequests repeats;
  private final Runs runs;

  SuccessiveRuns(IdempotentRequests repeats, Runs runs) {
    this.repeats = repeats;
    this.runs = runs;
  }

  /**
   * A run to start.
   *
   * @param begin throws a {@link ProblemException} when one is going on
   */
  public record Start(String workflowId, Runnable begin) {

    public Start {
      Objects.requireNonNull(workflowId, "workflowId");
      Objects.requireNonNull(begin, "begin");
    }
  }

  /** Where a run stands in its succession. */
  private record Place(String workflowId, String runBefore) {

    /** Ids of runs have no line ends, whatever a table is called. */
    static Optional<Place> read(String text) {
      int end = text.lastIndexOf('\n');
      return end < 0
          ? Optional.empty()
          : Optional.of(new Place(text.substring(0, end), text.substring(end + 1)));
    }

    String text() {
      return workflowId + "\n" + runBefore;
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
    if (earlier.filter(this::followed).isPresent()) {
      return earlier.get().workflowId();
    }
    Start start = prepare.get();
    if (asked.key() == null) {
      start.begin().run();
    } else {
      beginOnce(start, reserve(asked, start.workflowId()));
    }
    return start.workflowId();
  }

  private Place reserve(Repeatable asked, String workflowId) {
    String reserved = repeats.reserved(asked, new Place(workflowId, latest(workflowId)).text());
    // Older versions reserved the run before alone.
    return Place.read(reserved).orElse(new Place(workflowId, reserved));
  }

  private void beginOnce(Start start, Place place) {
    if (followed(place)) {
      return;
    }
    try {
      start.begin().run();
    } catch (ProblemException e) {
      if (!followed(place)) {
        throw e;
      }
    }
  }

  /** Any run that followed is one that the first request started, or that did its work. */
  private boolean followed(Place place) {
    String latest = latest(place.workflowId());
    return !latest.equals(NO_RUN) && !latest.equals(place.runBefore());
  }

  private String latest(String workflowId) {
    return runs.describe(workflowId).map(Run::runId).orElse(NO_RUN);
  }
}
