package dev.tidemark.api.verification;

import dev.tidemark.api.batch.StartRequest;
import dev.tidemark.api.batch.StartRequests;
import dev.tidemark.api.key.Caller;
import dev.tidemark.api.problem.Problem.Mistake;
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
import dev.tidemark.workflows.verification.VerificationInput;
import dev.tidemark.workflows.verification.VerificationReport;
import dev.tidemark.workflows.verification.VerifyWorkflow;
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

/** Starts verifications, and asks them what they found. */
@Component
final class Verifications {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final StartRequests requests;
  private final WorkflowClient client;
  private final String taskQueue;
  private final IdempotencyKeys idempotencyKeys;
  private final Runs runs;
  private final WorkflowLinks links;
  private final Clock clock;

  Verifications(
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
   * Starts a verification, or finds the one that an earlier request with the same idempotency key
   * started.
   *
   * @return its id
   */
  String start(VerificationRequest request, @Nullable String idempotencyKey, Caller caller) {
    int limit = request.limitOrDefault();
    if (limit < 0 || limit > VerificationInput.MOST_KEYS) {
      throw ProblemException.invalid(
          List.of(new Mistake("limit", "must be from 0 to " + VerificationInput.MOST_KEYS)));
    }
    BatchSpec spec =
        requests.resolve(
            new StartRequest(
                request.batch(), request.connectionsOrNone(), request.tablesOrNone(), null));
    String proposed = RunIds.create(RunIds.VERIFICATION, clock.instant(), RANDOM);
    String id =
        idempotencyKey == null ? proposed : reserved(request, idempotencyKey, caller, proposed);
    start(new VerificationInput(id, spec, limit, caller.name()));
    return id;
  }

  private String reserved(
      VerificationRequest request, String idempotencyKey, Caller caller, String proposed) {
    Reservation reservation =
        idempotencyKeys.reserve(
            caller.id(), "verifications " + idempotencyKey, PayloadJson.write(request), proposed);
    if (!reservation.sameRequest()) {
      throw ProblemException.idempotencyKeyReused();
    }
    return reservation.resourceId();
  }

  private void start(VerificationInput input) {
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(input.id())
            .setTaskQueue(taskQueue)
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
            .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
            .setStaticSummary("verify " + input.spec().name() + " in " + input.spec().target())
            .build();
    try {
      WorkflowClient.start(client.newWorkflowStub(VerifyWorkflow.class, options)::run, input);
    } catch (WorkflowExecutionAlreadyStarted e) {
      // An earlier request with the same idempotency key started it.
      return;
    }
  }

  /**
   * What a verification has found.
   *
   * @throws ProblemException 404 when Temporal knows none of this id, 503 when no worker answers
   */
  VerificationView get(String id) {
    if (!id.startsWith(RunIds.VERIFICATION + "_")) {
      throw notFound(id);
    }
    Run run = runs.describe(id).orElseThrow(() -> notFound(id));
    VerificationReport report =
        runs.progress(run, VerificationReport.class)
            // It may have started where no worker runs yet.
            .or(() -> run.running() ? begun(run) : Optional.empty())
            .orElseThrow(
                () ->
                    ProblemException.unavailable(
                        "NO_WORKER",
                        "No worker tells what " + id + " has found.",
                        "Start a worker, then look again."));
    return VerificationView.of(report, run.status(), links.to(id));
  }

  private Optional<VerificationReport> begun(Run run) {
    return runs.input(run, VerificationInput.class)
        .map(
            input ->
                new VerificationReport(
                    input.id(),
                    input.spec().name(),
                    input.spec().target(),
                    run.status(),
                    false,
                    run.startedAt(),
                    null,
                    List.of()));
  }

  private static ProblemException notFound(String id) {
    return ProblemException.notFound(
        "VERIFICATION_NOT_FOUND",
        "There is no verification [" + id + "], or Temporal has forgotten it.",
        null);
  }
}
