package dev.tidemark.api.run;

import dev.tidemark.api.problem.ProblemException;
import dev.tidemark.workflows.batch.RunIds;
import dev.tidemark.workflows.verification.VerificationInput;
import dev.tidemark.workflows.verification.VerificationReport;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What verifications tell of themselves. */
@Component
public final class VerificationReports {

  private static final String NOT_FOUND = "VERIFICATION_NOT_FOUND";

  private final Runs runs;

  VerificationReports(Runs runs) {
    this.runs = runs;
  }

  /**
   * What was found.
   *
   * @param run tells how it stands, also where it was ended from outside
   */
  public record Found(Run run, VerificationReport report) {}

  /**
   * The report of this id; empty when Temporal knows none.
   *
   * @throws ProblemException 503 when no worker answers
   */
  public Optional<Found> find(String id) {
    return runs.describe(RunIds.VERIFICATION, id).map(run -> found(id, run));
  }

  /**
   * The same.
   *
   * @throws ProblemException 404 when Temporal knows none of this id, 503 when no worker answers
   */
  public Found get(String id) {
    return found(id, run(id));
  }

  private Found found(String id, Run run) {
    return new Found(
        run,
        runs.progress(run, VerificationReport.class)
            // It may have started where no worker runs yet.
            .or(() -> run.running() ? begun(run) : Optional.empty())
            .orElseThrow(
                () ->
                    ProblemException.unavailable(
                        "NO_WORKER",
                        "No worker tells what " + id + " has found.",
                        "Start a worker, then look again.")));
  }

  /**
   * The run of this id.
   *
   * @throws ProblemException 404 when Temporal knows none
   */
  public Run run(String id) {
    return runs.describe(RunIds.VERIFICATION, id).orElseThrow(() -> notFound(id));
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
    return ProblemException.notFound(NOT_FOUND, unknown(id), null);
  }

  /** 422: a body names a verification that Temporal does not know. */
  public static ProblemException notNamed(String id) {
    return ProblemException.unprocessable(
        NOT_FOUND, unknown(id), "Verify again, or name the tables to repair instead.");
  }

  private static String unknown(String id) {
    return "There is no verification [" + id + "], or Temporal has forgotten it.";
  }
}
