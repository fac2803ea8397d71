package dev.tidemark.api.run;

import com.google.protobuf.Timestamp;
import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.SearchAttributes;
import dev.tidemark.workflows.batch.BatchInput;
import dev.tidemark.workflows.batch.BatchOptions;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.TableHeartbeat;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.common.converter.DataConverterException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what Temporal answers when a run is described. */
final class RunDescriptions {

  /** Both speak of their table by heartbeats of one kind. */
  private static final Set<String> TABLE_ACTIVITIES = Set.of("SyncTable", "AwaitSlice");

  /** What people wait for besides. */
  private static final Set<String> STEPS = Set.of("Plan", "Order", "PlanTables", "VerifyTable");

  /** An attempt that ended since its worker was told to leave, which is nobody's failure. */
  private static final String GIVEN_BACK = "GIVEN_BACK";

  private static final String WORKER_LOST = "WORKER_LOST";

  /** Of a step that copies nothing. */
  private static final ErrorDetail LOST_STEP =
      new ErrorDetail(
          WORKER_LOST,
          "The worker that was at it was lost, or did not come to an end in time.",
          "Nothing to do: another worker begins it again.");

  private RunDescriptions() {}

  static Run run(DescribeWorkflowExecutionResponse description) {
    return run(
        description.getWorkflowExecutionInfo(),
        description.getWorkflowExtendedInfo().getCancelRequested(),
        description.getPendingActivitiesList().stream()
            .filter(activity -> TABLE_ACTIVITIES.contains(activity.getActivityType().getName()))
            .flatMap(activity -> pending(activity).stream())
            .toList(),
        description.getPendingActivitiesList().stream()
            .filter(activity -> STEPS.contains(activity.getActivityType().getName()))
            .flatMap(activity -> retried(activity).stream())
            .toList());
  }

  /** As a list has it, which tells of no activities. */
  static Run run(WorkflowExecutionInfo info) {
    return run(info, false, List.of(), List.of());
  }

  private static Run run(
      WorkflowExecutionInfo info,
      boolean canceling,
      List<PendingTable> pending,
      List<RetriedStep> retried) {
    return new Run(
        info.getExecution().getWorkflowId(),
        info.getExecution().getRunId(),
        status(info.getStatus()),
        instant(info.getStartTime()),
        info.hasCloseTime() ? instant(info.getCloseTime()) : null,
        canceling,
        batch(info),
        memo(info, BatchInput.OPTIONS_MEMO, BatchOptions.class),
        memo(info, Run.TOKEN_MEMO, String.class),
        pending,
        retried);
  }

  private static BatchStatus status(WorkflowExecutionStatus status) {
    // The server may send statuses that this program does not know; a run that is not known to be
    // closed is treated as running.
    if (status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED) {
      return BatchStatus.COMPLETED;
    }
    if (status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED
        || status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TIMED_OUT) {
      return BatchStatus.FAILED;
    }
    if (status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED
        || status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TERMINATED) {
      return BatchStatus.INTERRUPTED;
    }
    return BatchStatus.RUNNING;
  }

  private static @Nullable String batch(WorkflowExecutionInfo info) {
    Payload payload =
        info.getSearchAttributes().getIndexedFieldsMap().get(SearchAttributes.BATCH.getName());
    return payload == null
        ? null
        : PayloadJson.DATA_CONVERTER.fromPayload(payload, String.class, String.class);
  }

  private static <T> @Nullable T memo(WorkflowExecutionInfo info, String name, Class<T> type) {
    Payload payload = info.getMemo().getFieldsMap().get(name);
    return payload == null ? null : PayloadJson.DATA_CONVERTER.fromPayload(payload, type, type);
  }

  private static Optional<PendingTable> pending(PendingActivityInfo activity) {
    return first(activity.getHeartbeatDetails(), TableHeartbeat.class)
        .map(heartbeat -> pending(activity, heartbeat));
  }

  private static PendingTable pending(PendingActivityInfo activity, TableHeartbeat heartbeat) {
    // An attempt that has not committed a chunk is still about what ended the one before.
    boolean troubled = waits(activity) || heartbeat.failures() > 0;
    return new PendingTable(
        heartbeat,
        activity.getAttempt(),
        nextRetryAt(activity),
        troubled ? lastFailure(activity).orElse(null) : null);
  }

  private static Optional<RetriedStep> retried(PendingActivityInfo activity) {
    return lastFailure(activity)
        .map(error -> error.code().equals(WORKER_LOST) ? LOST_STEP : error)
        .map(error -> new RetriedStep(activity.getAttempt(), nextRetryAt(activity), error));
  }

  private static boolean waits(PendingActivityInfo activity) {
    return activity.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED
        && activity.getAttempt() > 1;
  }

  private static @Nullable Instant nextRetryAt(PendingActivityInfo activity) {
    return waits(activity) && activity.hasScheduledTime()
        ? instant(activity.getScheduledTime())
        : null;
  }

  private static Optional<ErrorDetail> lastFailure(PendingActivityInfo activity) {
    return activity.hasLastFailure()
        ? Optional.of(error(activity.getLastFailure()))
            .filter(error -> !error.code().equals(GIVEN_BACK))
        : Optional.empty();
  }

  /** What a failure says, as far as it says it in Tidemark's words. */
  static ErrorDetail error(Failure failure) {
    if (failure.hasApplicationFailureInfo()) {
      Optional<ErrorDetail> detail =
          first(failure.getApplicationFailureInfo().getDetails(), ErrorDetail.class);
      if (detail.isPresent()) {
        return detail.get();
      }
      String type = failure.getApplicationFailureInfo().getType();
      return new ErrorDetail(type, failure.getMessage(), "");
    }
    if (failure.hasTimeoutFailureInfo()) {
      return new ErrorDetail(
          WORKER_LOST,
          "The worker that copied the table was lost: " + failure.getMessage() + ".",
          "Nothing to do: another worker goes on from the last chunk.");
    }
    return failure.hasCause()
        ? error(failure.getCause())
        : new ErrorDetail("UNCLASSIFIED", failure.getMessage(), "");
  }

  static <T> Optional<T> first(Payloads payloads, Class<T> type) {
    if (payloads.getPayloadsCount() == 0) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(
          PayloadJson.DATA_CONVERTER.fromPayload(payloads.getPayloads(0), type, type));
    } catch (DataConverterException e) {
      // Written by another version; what cannot be read is not shown.
      return Optional.empty();
    }
  }

  private static Instant instant(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }
}
