package dev.tidemark.workflows.notification;

import dev.tidemark.workflows.SearchAttributes;
import dev.tidemark.workflows.batch.BatchProgress;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.Locale;
import org.slf4j.Logger;

/** Starts {@link NotificationWorkflow}, from the workflow of which it tells. */
public final class NotificationRuns {

  private static final Logger log = Workflow.getLogger(NotificationRuns.class);

  private NotificationRuns() {}

  /** The id of the workflow that tells of this end. */
  public static String id(EndedRun ended) {
    return "notification:" + ended.progress().batchId() + ":" + ended.runId();
  }

  /** One line for Temporal's lists. */
  public static String summary(EndedRun ended) {
    BatchProgress progress = ended.progress();
    return progress.name() + ": " + progress.status().name().toLowerCase(Locale.ROOT);
  }

  /** In Markdown. */
  public static String details(EndedRun ended) {
    return "Tells of the end of `" + ended.progress().batchId() + "`";
  }

  /** What Temporal's lists can be searched by. */
  public static io.temporal.common.SearchAttributes searchAttributes(EndedRun ended) {
    return io.temporal.common.SearchAttributes.newBuilder()
        .set(SearchAttributes.KIND, "notification")
        .set(SearchAttributes.BATCH, ended.progress().name())
        .build();
  }

  /**
   * The id of the run that calls. One that is reset keeps what it had until then, and then takes
   * its new id: what it does again ends once more.
   */
  public static String thisRun() {
    return Workflow.sideEffect(String.class, () -> Workflow.getInfo().getRunId());
  }

  /**
   * Lets everybody be told, and returns as soon as Temporal has taken that on: it goes on when the
   * caller has closed. The caller's cancellation does not reach it.
   */
  public static void start(EndedRun ended) {
    NotificationWorkflow notification =
        Workflow.newChildWorkflowStub(
            NotificationWorkflow.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(id(ended))
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                .setCancellationType(ChildWorkflowCancellationType.ABANDON)
                .setTypedSearchAttributes(searchAttributes(ended))
                .setStaticSummary(summary(ended))
                .setStaticDetails(details(ended))
                .build());
    Promise<Void> ignored = Async.procedure(notification::run, ended);
    try {
      var started = Workflow.getWorkflowExecution(notification).get();
      log.debug("{} tells of the end", started.getWorkflowId());
    } catch (ChildWorkflowFailure e) {
      // Of this id there is one already, or Temporal takes none.
      log.warn("Nobody can be notified of the end of {}", ended.id(), e);
    }
  }
}
