package dev.tidemark.api.schedule;

import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.api.run.Eventually;
import dev.tidemark.specs.schedule.Schedules;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.schedules.ScheduleActionExecution;
import io.temporal.client.schedules.ScheduleActionResult;
import io.temporal.client.schedules.ScheduleDescription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;

/**
 * Runs a schedule now, and finds out which batch that is. Temporal takes the order without an
 * answer, so the schedule is looked at until it shows what became of it.
 */
@Component
final class RunNow {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final Schedules schedules;
  private final ScheduledRuns runs;

  RunNow(Schedules schedules, ScheduledRuns runs) {
    this.schedules = schedules;
    this.runs = runs;
  }

  /**
   * Runs it, also when it is paused.
   *
   * @param before the schedule as it stands
   * @param overlap what becomes of the run when another has not ended
   * @throws ProblemException 409 when the run is left out, 503 when no worker takes it up
   */
  ScheduleView.Started run(String name, ScheduleDescription before, ScheduleOverlapPolicy overlap) {
    schedules.handle(name).trigger(overlap);
    AtomicBoolean started = new AtomicBoolean();
    return Eventually.await(() -> look(name, before, overlap, started), BETWEEN_LOOKS, PATIENCE)
        .or(() -> started.get() ? Optional.empty() : waiting(before))
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
      ScheduleDescription before,
      ScheduleOverlapPolicy overlap,
      AtomicBoolean started) {
    ScheduleDescription now = schedules.find(name).orElse(before);
    Optional<ScheduleActionExecution> run = newRun(before, now);
    Optional<String> batchId = run.flatMap(runs::batchId);
    if (batchId.isPresent()) {
      return Optional.of(new ScheduleView.Started(batchId.get(), List.of()));
    }
    started.set(run.isPresent());
    if (run.isEmpty() && skipped(now) > skipped(before)) {
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

  private static Optional<ScheduleActionExecution> newRun(
      ScheduleDescription before, ScheduleDescription now) {
    List<ScheduleActionExecution> known =
        before.getInfo().getRecentActions().stream().map(ScheduleActionResult::getAction).toList();
    return now.getInfo().getRecentActions().reversed().stream()
        .map(ScheduleActionResult::getAction)
        .filter(action -> !known.contains(action))
        .findFirst();
  }

  private static long skipped(ScheduleDescription description) {
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
