package dev.tidemark.api.plan;

import dev.tidemark.api.batch.StartRequest;
import dev.tidemark.api.batch.StartRequests;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.api.run.Call;
import dev.tidemark.api.run.IdempotentRequests;
import dev.tidemark.api.run.OneTimeRuns;
import dev.tidemark.api.run.Run;
import dev.tidemark.api.run.RunFilter;
import dev.tidemark.api.run.RunLabels;
import dev.tidemark.api.run.RunList;
import dev.tidemark.api.run.Runs;
import dev.tidemark.api.run.WorkflowLinks;
import dev.tidemark.workflows.batch.RunIds;
import dev.tidemark.workflows.plan.BatchPlan;
import dev.tidemark.workflows.plan.PlanWorkflow;
import dev.tidemark.workflows.plan.PlanningInput;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Starts plans, and asks them what a batch would do. */
@Component
final class Plans {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final StartRequests requests;
  private final OneTimeRuns starts;
  private final IdempotentRequests repeats;
  private final RunList list;
  private final Runs runs;
  private final WorkflowLinks links;
  private final Clock clock;

  Plans(
      StartRequests requests,
      OneTimeRuns starts,
      IdempotentRequests repeats,
      RunList list,
      Runs runs,
      WorkflowLinks links,
      Clock clock) {
    this.requests = requests;
    this.starts = starts;
    this.repeats = repeats;
    this.list = list;
    this.runs = runs;
    this.links = links;
    this.clock = clock;
  }

  /**
   * Starts a plan, or finds the one that an earlier request with the same idempotency key started.
   *
   * @return its id
   */
  String start(PlanRequest request, Call call) {
    return repeats.start(
        call.of("plans", request),
        RunIds.create(RunIds.PLAN, clock.instant(), RANDOM),
        id -> runs.describe(id).isPresent(),
        () ->
            requests.resolve(
                new StartRequest(
                    request.batch(), request.connectionsOrNone(), request.tablesOrNone(), null)),
        (id, spec) ->
            starts.start(
                PlanWorkflow.class,
                workflow -> workflow::run,
                new PlanningInput(
                    id, spec, Boolean.TRUE.equals(request.ddl()), call.caller().name()),
                id,
                new RunLabels("plan", spec, "plan " + spec.name() + " into " + spec.target())));
  }

  /**
   * What a batch would do.
   *
   * @throws ProblemException 404 when Temporal knows no plan of this id, 503 when no worker answers
   */
  PlanView get(String id) {
    Run run = run(id);
    BatchPlan plan =
        runs.progress(run, BatchPlan.class)
            // It may have started where no worker runs yet.
            .or(() -> run.running() ? begun(run) : Optional.empty())
            .orElseThrow(
                () ->
                    ProblemException.unavailable(
                        "NO_WORKER",
                        "No worker tells what " + id + " has found.",
                        "Start a worker, then look again."));
    return PlanView.of(plan, run, runs.interruption(run).orElse(null), links.to(id));
  }

  private Run run(String id) {
    return runs.describe(RunIds.PLAN, id).orElseThrow(() -> notFound(id));
  }

  /** A page of plans. */
  PlanRow.Listing page(RunFilter filter) {
    return PlanRow.Listing.of(
        list.page(PlanWorkflow.class, filter, run -> PlanRow.of(run, links.to(run.workflowId()))));
  }

  /**
   * Asks a plan to stop.
   *
   * @throws ProblemException 404 when Temporal knows none of this id, 409 when it has ended
   */
  void interrupt(String id, String reason) {
    if (!runs.cancel(run(id), reason)) {
      throw ProblemException.conflict(
          "PLAN_NOT_RUNNING",
          "The plan " + id + " has ended.",
          "Only a running one is interrupted; start another to plan again.");
    }
  }

  private Optional<BatchPlan> begun(Run run) {
    return runs.input(run, PlanningInput.class)
        .map(
            input ->
                new BatchPlan(
                    input.id(),
                    input.spec().name(),
                    input.spec().target(),
                    run.status(),
                    false,
                    input.spec().parallelTables(),
                    run.startedAt(),
                    null,
                    List.of()));
  }

  private static ProblemException notFound(String id) {
    return ProblemException.notFound(
        "PLAN_NOT_FOUND", "There is no plan [" + id + "], or Temporal has forgotten it.", null);
  }
}
