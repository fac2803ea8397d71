package dev.tidemark.workflows.verification;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Compares the tables of a batch with what is in the target, and writes nothing. Id: {@code
 * verify_YYYYMMDD_HHMMSS_<8 random characters>}.
 *
 * <p>Closes as Completed when every table was compared, equal or not, and as Failed when one could
 * not be. Its findings are in the report, which the query tells after the end as well.
 */
@WorkflowInterface
public interface VerifyWorkflow {

  @WorkflowMethod
  VerificationReport run(VerificationInput input);

  @QueryMethod
  VerificationReport progress();
}
