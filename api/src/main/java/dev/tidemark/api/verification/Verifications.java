package dev.tidemark.api.verification;

import dev.tidemark.api.batch.StartRequest;
import dev.tidemark.api.batch.StartRequests;
import dev.tidemark.api.problem.Problem.Mistake;
import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.api.run.Call;
import dev.tidemark.api.run.IdempotentRequests;
import dev.tidemark.api.run.OneTimeRuns;
import dev.tidemark.api.run.Run;
import dev.tidemark.api.run.RunFilter;
import dev.tidemark.api.run.RunLabels;
import dev.tidemark.api.run.RunList;
import dev.tidemark.api.run.Runs;
import dev.tidemark.api.run.VerificationReports;
import dev.tidemark.api.run.WorkflowLinks;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.RunIds;
import dev.tidemark.workflows.verification.VerificationInput;
import dev.tidemark.workflows.verification.VerificationReport;
import dev.tidemark.workflows.verification.VerificationSummary;
import dev.tidemark.workflows.verification.VerifyWorkflow;
import io.grpc.StatusRuntimeException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Starts verifications, and asks them what they found. */
@Component
final class Verifications {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final StartRequests requests;
  private final OneTimeRuns starts;
  private final IdempotentRequests repeats;
  private final VerificationReports reports;
  private final RunList list;
  private final Runs runs;
  private final WorkflowLinks links;
  private final Clock clock;

  Verifications(
      StartRequests requests,
      OneTimeRuns starts,
      IdempotentRequests repeats,
      VerificationReports reports,
      RunList list,
      Runs runs,
      WorkflowLinks links,
      Clock clock) {
    this.requests = requests;
    this.starts = starts;
    this.repeats = repeats;
    this.reports = reports;
    this.list = list;
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
  String start(VerificationRequest request, Call call) {
    return repeats.start(
        call.of("verifications", request),
        RunIds.create(RunIds.VERIFICATION, clock.instant(), RANDOM),
        id -> runs.describe(id).isPresent(),
        () -> spec(request),
        (id, spec) ->
            starts.start(
                VerifyWorkflow.class,
                workflow -> workflow::run,
                new VerificationInput(id, spec, request.limitOrDefault(), call.caller().name()),
                id,
                new RunLabels(
                    "verification", spec, "verify " + spec.name() + " in " + spec.target())));
  }

  private BatchSpec spec(VerificationRequest request) {
    int limit = request.limitOrDefault();
    if (limit < 0 || limit > VerificationInput.MOST_KEYS) {
      throw ProblemException.invalid(
          List.of(new Mistake("limit", "must be from 0 to " + VerificationInput.MOST_KEYS)));
    }
    return requests.resolve(
        new StartRequest(
            request.batch(), request.connectionsOrNone(), request.tablesOrNone(), null));
  }

  /** A page of verifications, those after batches too. */
  VerificationRow.Listing page(RunFilter filter) {
    return VerificationRow.Listing.of(list.page(VerifyWorkflow.class, filter, this::row));
  }

  private VerificationRow row(Run run) {
    return VerificationRow.of(run, summary(run), links.to(run.workflowId()));
  }

  /**
   * Of one that has ended by itself; the others have found less than they look for. A list does not
   * fail for one whose history Temporal has deleted, or is slow to read.
   */
  private Optional<VerificationSummary> summary(Run run) {
    try {
      return ended(run);
    } catch (StatusRuntimeException e) {
      return switch (e.getStatus().getCode()) {
        case NOT_FOUND, DEADLINE_EXCEEDED -> Optional.empty();
        default -> throw e;
      };
    }
  }

  private Optional<VerificationSummary> ended(Run run) {
    return switch (run.status()) {
      case RUNNING, INTERRUPTED -> Optional.empty();
      case COMPLETED -> runs.result(run, VerificationReport.class).map(VerificationSummary::of);
      case FAILED -> runs.failure(run, VerificationSummary.class);
    };
  }

  /**
   * Asks a verification to stop; what it has found stays.
   *
   * @throws ProblemException 404 when Temporal knows none of this id, 409 when it has ended
   */
  void interrupt(String id, String reason) {
    Run run = reports.run(id);
    if (!runs.cancel(run, reason)) {
      throw ProblemException.conflict(
          "VERIFICATION_NOT_RUNNING",
          "The verification " + id + " has ended.",
          "Only a running one is interrupted; start another to compare again.");
    }
  }

  /**
   * What a verification has found.
   *
   * @throws ProblemException 404 when Temporal knows none of this id, 503 when no worker answers
   */
  VerificationView get(String id) {
    VerificationReports.Found found = reports.get(id);
    return VerificationView.of(
        found.report(), found.run(), runs.interruption(found.run()).orElse(null), links.to(id));
  }
}
