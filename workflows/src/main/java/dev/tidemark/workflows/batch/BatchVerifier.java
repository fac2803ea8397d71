package dev.tidemark.workflows.batch;

import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableStatus;
import dev.tidemark.workflows.verification.VerificationInput;
import dev.tidemark.workflows.verification.VerificationReport;
import dev.tidemark.workflows.verification.VerificationSummary;
import dev.tidemark.workflows.verification.VerifyWorkflow;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares the tables that a batch has completed, in a workflow of its own. */
final class BatchVerifier {

  /** Keys named of one table: the report passes through the history of the batch as well. */
  private static final int KEYS = 20;

  private final BatchState state;

  BatchVerifier(BatchState state) {
    this.state = state;
  }

  /** Returns when all is compared, or when the batch was interrupted meanwhile. */
  void verify() {
    List<TableId> completed =
        state.tables().stream()
            .filter(table -> table.status() == TableStatus.COMPLETED)
            .map(TableState::table)
            .toList();
    if (!state.input().spec().verify() || state.stopping() || completed.isEmpty()) {
      return;
    }
    BatchInput batch = state.input();
    VerificationInput input =
        new VerificationInput(
            RunIds.create(RunIds.VERIFICATION, now(), Workflow.newRandom()),
            batch.spec().only(completed),
            KEYS,
            batch.batchId());
    state.verified(VerificationSummary.begun(input.id(), completed.size(), now()));
    CancellationScope comparing = Workflow.newCancellationScope(() -> start(input));
    comparing.run();
    Workflow.setCurrentDetails(BatchOverview.markdown(state));
    Workflow.await(() -> !state.verifying() || state.interruption() != null);
    if (state.verifying()) {
      comparing.cancel();
      Workflow.await(() -> !state.verifying());
    }
  }

  private void start(VerificationInput input) {
    VerifyWorkflow child = Workflow.newChildWorkflowStub(VerifyWorkflow.class, options(input));
    Async.function(child::run, input).handle(this::ended);
  }

  private boolean ended(@Nullable VerificationReport report, @Nullable RuntimeException failure) {
    VerificationSummary begun = state.verification();
    if (report != null) {
      state.verified(VerificationSummary.of(report));
    } else if (begun != null) {
      state.verified(found(failure).orElseGet(() -> begun.ended(end(failure), now())));
    }
    return true;
  }

  /** A verification that fails because of some tables tells of the others. */
  private static Optional<VerificationSummary> found(@Nullable RuntimeException failure) {
    if (failure instanceof ChildWorkflowFailure child
        && child.getCause() instanceof ApplicationFailure why
        && why.getDetails().getSize() > 0) {
      try {
        return Optional.ofNullable(why.getDetails().get(0, VerificationSummary.class));
      } catch (DataConverterException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static BatchStatus end(@Nullable RuntimeException failure) {
    boolean canceled =
        failure instanceof CanceledFailure
            || (failure instanceof ChildWorkflowFailure child
                && child.getCause() instanceof CanceledFailure);
    return canceled ? BatchStatus.INTERRUPTED : BatchStatus.FAILED;
  }

  private static ChildWorkflowOptions options(VerificationInput input) {
    return ChildWorkflowOptions.newBuilder()
        .setWorkflowId(input.id())
        .setTypedSearchAttributes(BatchLabels.searchAttributes("verification", input.spec()))
        .setStaticSummary("verify " + input.spec().name() + " in " + input.spec().target())
        .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_TERMINATE)
        .build();
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
