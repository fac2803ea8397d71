package dev.tidemark.api.schedule;

import com.google.protobuf.Timestamp;
import dev.tidemark.api.run.Run;
import dev.tidemark.api.run.Runs;
import dev.tidemark.api.table.ErrorView;
import dev.tidemark.workflows.PayloadJson;
import dev.tidemark.workflows.SearchAttributes;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.schedule.ScheduledBatchWorkflow;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleActionExecution;
import io.temporal.client.schedules.ScheduleActionExecutionStartWorkflow;
import io.temporal.client.schedules.ScheduleActionResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What Temporal knows of the runs of schedules, whether a worker answers or not. */
@Component
final class ScheduledRuns {

  private static final int ANSWER_SECONDS = 3;

  private final WorkflowClient client;
  private final Runs runs;

  ScheduledRuns(WorkflowClient client, Runs runs) {
    this.client = client;
    this.runs = runs;
  }

  /** One run as it stands. */
  ScheduleView.Run view(ScheduleActionResult action) {
    Optional<WorkflowExecutionInfo> info = describe(action.getAction());
    String batchId = info.flatMap(ScheduledRuns::batchId).orElse(null);
    String status = info.map(ScheduledRuns::status).orElse(null);
    return new ScheduleView.Run(
        action.getScheduledAt(),
        action.getStartedAt(),
        info.filter(WorkflowExecutionInfo::hasCloseTime)
            .map(closed -> instant(closed.getCloseTime()))
            .orElse(null),
        status,
        batchId,
        batchId == null && "failed".equals(status) ? error(info.orElseThrow()) : null);
  }

  /** The batch of a run; empty until a worker took it up. */
  Optional<String> batchId(ScheduleActionExecution action) {
    return describe(action).flatMap(ScheduledRuns::batchId);
  }

  private Optional<WorkflowExecutionInfo> describe(ScheduleActionExecution action) {
    if (!(action instanceof ScheduleActionExecutionStartWorkflow start)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          client
              .getWorkflowServiceStubs()
              .blockingStub()
              .withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS)
              .describeWorkflowExecution(
                  DescribeWorkflowExecutionRequest.newBuilder()
                      .setNamespace(client.getOptions().getNamespace())
                      .setExecution(
                          WorkflowExecution.newBuilder()
                              .setWorkflowId(start.getWorkflowId())
                              .setRunId(start.getFirstExecutionRunId()))
                      .build())
              .getWorkflowExecutionInfo());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Optional<String> batchId(WorkflowExecutionInfo info) {
    return text(info.getMemo().getFieldsMap(), ScheduledBatchWorkflow.BATCH_MEMO);
  }

  /** As of the batch. A run completes also when somebody interrupted its batch, and says so. */
  private static String status(WorkflowExecutionInfo info) {
    return switch (info.getStatus()) {
      case WORKFLOW_EXECUTION_STATUS_COMPLETED ->
          text(info.getSearchAttributes().getIndexedFieldsMap(), SearchAttributes.STATUS.getName())
              .orElse("completed");
      case WORKFLOW_EXECUTION_STATUS_FAILED, WORKFLOW_EXECUTION_STATUS_TIMED_OUT -> "failed";
      case WORKFLOW_EXECUTION_STATUS_CANCELED, WORKFLOW_EXECUTION_STATUS_TERMINATED ->
          "interrupted";
      default -> "running";
    };
  }

  private @Nullable ErrorView error(WorkflowExecutionInfo info) {
    return runs.failure(
            new Run(
                info.getExecution().getWorkflowId(),
                info.getExecution().getRunId(),
                BatchStatus.FAILED,
                instant(info.getStartTime()),
                null,
                false,
                null,
                null,
                null,
                List.of(),
                List.of()))
        .map(error -> new ErrorView(error.code(), error.message(), error.remedy()))
        .orElse(null);
  }

  private static Optional<String> text(Map<String, Payload> fields, String key) {
    return Optional.ofNullable(fields.get(key))
        .map(
            payload -> PayloadJson.DATA_CONVERTER.fromPayload(payload, String.class, String.class));
  }

  private static Instant instant(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }
}
