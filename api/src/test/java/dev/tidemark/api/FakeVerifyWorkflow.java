package dev.tidemark.api;

import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableStatus;
import dev.tidemark.workflows.verification.DifferingKey;
import dev.tidemark.workflows.verification.Findings;
import dev.tidemark.workflows.verification.KeyLetter;
import dev.tidemark.workflows.verification.VerificationInput;
import dev.tidemark.workflows.verification.VerificationReport;
import dev.tidemark.workflows.verification.VerifiedTable;
import dev.tidemark.workflows.verification.VerifyWorkflow;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Instant;
import java.util.List;

/**
 * Finds one key that differs in a table of the first source, and ends; one that is asked for the
 * table other goes on until it is canceled.
 */
public class FakeVerifyWorkflow implements VerifyWorkflow {

  /** A row is in an open letter, and one is as somebody edited it. */
  private static final Findings REFUSED =
      new Findings(
          10,
          9,
          1,
          0,
          0,
          List.of(
              new DifferingKey(List.of("7"), "missing", List.of(), new KeyLetter("cbef", "open")),
              new DifferingKey(
                  List.of("8"), "different", List.of("name"), new KeyLetter("abcd", "edited"))),
          1,
          1,
          false);

  private final VerificationInput input;
  private BatchStatus status = BatchStatus.RUNNING;

  /** Before the first query can arrive. */
  @WorkflowInit
  public FakeVerifyWorkflow(VerificationInput input) {
    this.input = input;
  }

  @Override
  public VerificationReport run(VerificationInput ignored) {
    if (input.spec().tables().contains("other")) {
      try {
        Workflow.await(() -> false);
      } catch (CanceledFailure e) {
        status = BatchStatus.INTERRUPTED;
        throw e;
      }
    }
    status = BatchStatus.COMPLETED;
    return progress();
  }

  @Override
  public VerificationReport progress() {
    Instant start = Instant.ofEpochMilli(Workflow.getInfo().getRunStartedTimestampMillis());
    List<DifferingKey> keys =
        List.of(new DifferingKey(List.of("7"), "different", List.of("name"))).stream()
            .limit(input.limit())
            .toList();
    String source = input.spec().sources().getFirst().connection();
    return new VerificationReport(
        input.id(),
        input.spec().name(),
        input.spec().target(),
        status,
        true,
        start,
        null,
        List.of(
            new VerifiedTable(
                new TableId(source, "public", "ad_org"),
                "ad_org",
                TableStatus.COMPLETED,
                input.spec().tables().contains("refused")
                    ? REFUSED
                    : new Findings(10, 9, 1, 0, 1, keys),
                null)));
  }
}
