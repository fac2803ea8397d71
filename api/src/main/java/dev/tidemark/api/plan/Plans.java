package dev.tidemark.api.plan;

import dev.tidemark.api.batch.StartRequest;
import dev.tidemark.api.batch.StartRequests;
import dev.tidemark.api.key.Caller;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.api.run.Run;
import dev.tidemark.api.run.Runs;
import dev.tidemark.api.run.WorkflowLinks;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.connect.control.ControlDatabase;
import dev.tidemark.connect.control.IdempotencyKeys;
import dev.tidemark.connect.control.Reservation;
import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.RunIds;
import dev.tidemark.workflows.plan.BatchPlan;
import dev.tidemark.workflows.plan.PlanWorkflow;
import dev.tidemark.workflows.plan.PlanningInput;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
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
  private final WorkflowClient client;
  private final String taskQueue;
  private final IdempotencyKeys idempotencyKeys;
  private final Runs runs;
  private final WorkflowLinks links;
  private final Clock clock;

  Plans(
      StartRequests requests,
      WorkflowClient client,
      TidemarkConfiguration configuration,
      ControlDatabase control,
      Runs runs,
      WorkflowLinks links,
      Clock clock) {
    this.requests = requests;
    this.client = client;
    this.taskQueue = configuration.worker().controlTaskQueue();
    this.idempotencyKeys = control.idempotencyKeys();
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
    String id =
        idempotencyKey == null ? proposed : reserved(request, idempotencyKey, caller, proposed);
    start(new PlanningInput(id, spec, Boolean.TRUE.equals(request.ddl()), caller.name()));
    return id;
  }

  private String reserved(
      PlanRequest request, String idempotencyKey, Caller caller, String proposed) {
    Reservation reservation =
        idempotencyKeys.reserve(
            caller.id(), "plans " + idempotencyKey, PayloadJson.write(request), proposed);
    if (!reservation.sameRequest()) {
      throw ProblemException.idempotencyKeyReused();
    }
    return reservation.resourceId();
  }

  private void start(PlanningInput input) {
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(input.id())
            .setTaskQueue(taskQueue)
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
            .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
            .setStaticSummary("plan " + input.spec().name() + " into " + input.spec().target())
            .build();
    try {
      WorkflowClient.start(client.newWorkflowStub(PlanWorkflow.class, options)::run, input);
    } catch (WorkflowExecutionAlreadyStarted e) {
      // An earlier request with the same idempotency key started it.
      return;
    }
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
