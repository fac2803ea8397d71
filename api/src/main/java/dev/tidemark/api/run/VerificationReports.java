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
   * The report of this id.
   *
   * @throws ProblemException 404 when Temporal knows none of this id, 503 when no worker answers
   */
  public Found get(String id) {
    Run run = run(id);
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
    return ProblemException.notFound(
        "VERIFICATION_NOT_FOUND",
        "There is no verification [" + id + "], or Temporal has forgotten it.",
        null);
  }
}
