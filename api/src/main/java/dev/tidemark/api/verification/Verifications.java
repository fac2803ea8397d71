package dev.tidemark.api.verification;

import dev.tidemark.api.batch.StartRequest;
import dev.tidemark.api.batch.StartRequests;
import dev.tidemark.api.key.Caller;
import dev.tidemark.api.problem.Problem.Mistake;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.api.run.VerificationReports;
import dev.tidemark.api.run.WorkflowLinks;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.connect.control.ControlDatabase;
import dev.tidemark.connect.control.IdempotencyKeys;
import dev.tidemark.connect.control.Reservation;
import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.RunIds;
import dev.tidemark.workflows.verification.VerificationInput;
import dev.tidemark.workflows.verification.VerifyWorkflow;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
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
  private final VerificationReports reports;
  private final WorkflowLinks links;
  private final Clock clock;

  Verifications(
      StartRequests requests,
      WorkflowClient client,
      TidemarkConfiguration configuration,
      ControlDatabase control,
      VerificationReports reports,
      WorkflowLinks links,
      Clock clock) {
    this.requests = requests;
    this.client = client;
    this.taskQueue = configuration.worker().controlTaskQueue();
    this.idempotencyKeys = control.idempotencyKeys();
    this.reports = reports;
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
    VerificationReports.Found found = reports.get(id);
    return VerificationView.of(found.report(), found.run().status(), links.to(id));
  }
}
