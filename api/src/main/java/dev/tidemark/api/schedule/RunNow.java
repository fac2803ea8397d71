package dev.tidemark.api.schedule;

import dev.tidemark.api.problem.Problem.Mistake;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.api.run.Eventually;
import dev.tidemark.api.run.IdempotentRequests;
import dev.tidemark.api.run.Repeatable;
import dev.tidemark.api.schedule.ScheduleSteering.Found;
import dev.tidemark.specs.schedule.Schedules;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.schedules.ScheduleActionExecution;
import io.temporal.client.schedules.ScheduleActionExecutionStartWorkflow;
import io.temporal.client.schedules.ScheduleActionResult;
import io.temporal.client.schedules.ScheduleDescription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Runs a schedule now, and finds out which batch that is. Temporal takes the order without an
 * answer, so the schedule is looked at until it shows what became of it.
 */
@Component
final class RunNow {

  private static final String BATCH = "batch ";
  private static final String WAITS = "waits ";

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final ScheduleSteering steering;
  private final Schedules schedules;
  private final ScheduledRuns runs;
  private final IdempotentRequests repeats;

  RunNow(
      ScheduleSteering steering,
      Schedules schedules,
      ScheduledRuns runs,
      IdempotentRequests repeats) {
    this.steering = steering;
    this.schedules = schedules;
    this.runs = runs;
    this.repeats = repeats;
  }

  /**
   * How a schedule stood before it was told to run.
   *
   * @param order id of the order to run, which Temporal takes once. It remembers it for longer than
   *     a key is kept, so it is made anew for each
   * @param lastRun its last run; empty when it had none
   * @param skipped runs that it had left out
   */
  private record Before(String order, String lastRun, long skipped) {

    private static final String PREFIX = "before ";

    static Before of(ScheduleDescription description) {
      List<ScheduleActionResult> actions = description.getInfo().getRecentActions();
      return new Before(
          UUID.randomUUID().toString(),
          actions.isEmpty() ? "" : runId(actions.getLast().getAction()),
          skippedOf(description));
    }

    static Optional<Before> read(String text) {
      if (!text.startsWith(PREFIX)) {
        return Optional.empty();
      }
      String[] words = text.split(" ", 4);
      return words.length < 4
          ? Optional.empty()
          : Optional.of(new Before(words[2], words[3], Long.parseLong(words[1])));
    }

    String text() {
      return PREFIX + skipped + " " + order + " " + lastRun;
    }

    /** The first run since then. */
    Optional<ScheduleActionExecution> run(ScheduleDescription now) {
      List<ScheduleActionExecution> actions =
          now.getInfo().getRecentActions().stream().map(ScheduleActionResult::getAction).toList();
      List<String> ids = actions.stream().map(Before::runId).toList();
      return actions.stream().skip(ids.indexOf(lastRun) + 1).findFirst();
    }

    /** Whether something came of it, or may have. */
    boolean passed(ScheduleDescription now) {
      return run(now).isPresent() || skippedOf(now) > skipped;
    }

    private static String runId(ScheduleActionExecution action) {
      return action instanceof ScheduleActionExecutionStartWorkflow start
          ? start.getFirstExecutionRunId()
          : "";
    }
  }

  /**
   * Runs it, also when it is paused, unless an earlier request with the same idempotency key has.
   *
   * @param word what becomes of the run when another has not ended; null for what the schedule says
   * @throws ProblemException 409 when the run is left out, 503 when no worker takes it up
   */
  ScheduleView.Started run(String name, @Nullable String word, Repeatable asked) {
    Optional<ScheduleView.Started> earlier = repeats.earlier(asked).flatMap(RunNow::read);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    Found found = steering.get(name);
    List<Mistake> mistakes = new ArrayList<>();
    ScheduleOverlapPolicy overlap = steering.overlap(found, word, mistakes);
    if (!mistakes.isEmpty()) {
      throw ProblemException.invalid(mistakes);
    }
    Before proposed = Before.of(found.description());
    String reserved = repeats.reserved(asked, proposed.text());
    Optional<ScheduleView.Started> meanwhile = read(reserved);
    if (meanwhile.isPresent()) {
      return meanwhile.get();
    }
    Before before = Before.read(reserved).orElse(proposed);
    if (!before.passed(found.description())) {
      schedules.trigger(name, overlap, before.order());
    }
    ScheduleView.Started started;
    try {
      started = await(name, found.description(), before, overlap);
    } catch (ProblemException e) {
      if (e.isConflict()) {
        repeats.release(asked, reserved);
      }
      throw e;
    }
    repeats.settle(asked, text(started));
    return started;
  }

  private static String text(ScheduleView.Started started) {
    return started.batchId() == null
        ? WAITS + String.join(",", started.waitsFor())
        : BATCH + started.batchId();
  }

  private static Optional<ScheduleView.Started> read(String outcome) {
    if (outcome.startsWith(BATCH)) {
      return Optional.of(new ScheduleView.Started(outcome.substring(BATCH.length()), List.of()));
    }
    return outcome.startsWith(WAITS)
        ? Optional.of(
            new ScheduleView.Started(
                null,
                Stream.of(outcome.substring(WAITS.length()).split(",", -1))
                    .filter(id -> !id.isEmpty())
                    .toList()))
        : Optional.empty();
  }

  private ScheduleView.Started await(
      String name, ScheduleDescription then, Before before, ScheduleOverlapPolicy overlap) {
    AtomicBoolean started = new AtomicBoolean();
    return Eventually.await(
            () -> look(name, schedules.find(name).orElse(then), before, overlap, started),
            BETWEEN_LOOKS,
            PATIENCE)
        .or(() -> started.get() ? Optional.empty() : waiting(then))
        .orElseThrow(
            () ->
                ProblemException.unavailable(
                    "NO_WORKER",
                    "No worker took up the run of schedule %s in time. It starts when one comes."
                        .formatted(name),
                    "Start a worker, then look at the schedule again."));
  }

  /** What has become of the run; empty while that cannot be told. */
  private Optional<ScheduleView.Started> look(
      String name,
      ScheduleDescription now,
      Before before,
      ScheduleOverlapPolicy overlap,
      AtomicBoolean started) {
    Optional<ScheduleActionExecution> run = before.run(now);
    Optional<String> batchId = run.flatMap(runs::batchId);
    if (batchId.isPresent()) {
      return Optional.of(new ScheduleView.Started(batchId.get(), List.of()));
    }
    started.set(run.isPresent());
    if (run.isEmpty() && skippedOf(now) > before.skipped()) {
      throw stillRunning(name, running(now));
    }
    return run.isEmpty() && waits(overlap) ? waiting(now) : Optional.empty();
  }

  /** It starts when those that run have ended; empty when none does. */
  private Optional<ScheduleView.Started> waiting(ScheduleDescription description) {
    return description.getInfo().getRunningActions().isEmpty()
        ? Optional.empty()
        : Optional.of(new ScheduleView.Started(null, running(description)));
  }

  private static long skippedOf(ScheduleDescription description) {
    return description.getInfo().getNumActionsSkippedOverlap();
  }

  private static boolean waits(ScheduleOverlapPolicy overlap) {
    return overlap == ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_BUFFER_ONE
        || overlap == ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_BUFFER_ALL;
  }

  private List<String> running(ScheduleDescription description) {
    return description.getInfo().getRunningActions().stream()
        .flatMap(action -> runs.batchId(action).stream())
        .toList();
  }

  private static ProblemException stillRunning(String name, List<String> batches) {
    return ProblemException.conflict(
        "SCHEDULE_RUNNING",
        "The last run of schedule %s has not ended%s, and its overlap leaves this one out."
            .formatted(name, batches.isEmpty() ? "" : ": " + String.join(", ", batches)),
        "Wait for it, or send another overlap, such as buffer-one.");
  }
}
