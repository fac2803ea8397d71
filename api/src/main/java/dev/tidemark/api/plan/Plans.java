package dev.tidemark.api.plan;

import dev.tidemark.api.batch.StartRequest;
import dev.tidemark.api.batch.StartRequests;
import dev.tidemark.api.key.Caller;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.api.run.IdempotentRequests;
import dev.tidemark.api.run.OneTimeRuns;
import dev.tidemark.api.run.Run;
import dev.tidemark.api.run.Runs;
import dev.tidemark.api.run.WorkflowLinks;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.RunIds;
import dev.tidemark.workflows.plan.BatchPlan;
import dev.tidemark.workflows.plan.PlanWorkflow;
import dev.tidemark.workflows.plan.PlanningInput;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Starts plans, and asks them what a batch would do. */
@Component
final class Plans {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final StartRequests requests;
  private final OneTimeRuns starts;
  private final IdempotentRequests repeats;
  private final Runs runs;
  private final WorkflowLinks links;
  private final Clock clock;

  Plans(
      StartRequests requests,
      OneTimeRuns starts,
      IdempotentRequests repeats,
      Runs runs,
      WorkflowLinks links,
      Clock clock) {
    this.requests = requests;
    this.starts = starts;
    this.repeats = repeats;
    this.runs = runs;
    this.links = links;
    this.clock = clock;
  }

  /**
   * Starts a plan, or finds the one that an earlier request with the same idempotency key started.
   *
   * @return its id
   */
  String start(PlanRequest request, @Nullable String idempotencyKey, Caller caller) {
    BatchSpec spec =
        requests.resolve(
            new StartRequest(
                request.batch(), request.connectionsOrNone(), request.tablesOrNone(), null));
    String proposed = RunIds.create(RunIds.PLAN, clock.instant(), RANDOM);
    String id = repeats.reserved(caller, "plans", idempotencyKey, request, proposed);
    starts.start(
        PlanWorkflow.class,
        workflow -> workflow::run,
        new PlanningInput(id, spec, Boolean.TRUE.equals(request.ddl()), caller.name()),
        id,
        "plan " + spec.name() + " into " + spec.target());
    return id;
  }

  /**
   * What a batch would do.
   *
   * @throws ProblemException 404 when Temporal knows no plan of this id, 503 when no worker answers
   */
  PlanView get(String id) {
    if (!id.startsWith(RunIds.PLAN + "_")) {
      throw notFound(id);
    }
    Run run = runs.describe(id).orElseThrow(() -> notFound(id));
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
    return PlanView.of(plan, run.status(), links.to(id));
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
