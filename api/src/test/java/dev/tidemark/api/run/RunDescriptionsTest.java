package dev.tidemark.api.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.tidemark.workflows.batch.BatchStatus;
import dev.tidemark.workflows.table.ErrorDetail;
import dev.tidemark.workflows.table.RowCounts;
import dev.tidemark.workflows.table.TableHeartbeat;
import dev.tidemark.workflows.table.TableId;
import io.temporal.api.common.v1.ActivityType;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.failure.v1.ApplicationFailureInfo;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.failure.v1.TimeoutFailureInfo;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.common.converter.GlobalDataConverter;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunDescriptionsTest {

  private static final TableHeartbeat HEARTBEAT = heartbeat(1);
  private static final ErrorDetail ERROR =
      new ErrorDetail("CONNECTION_FAILED", "The database is away.", "Start it.");

  @Test
  void aTableThatMovesAgainShowsItsHeartbeatAndNoOldFailure() {
    TableHeartbeat moves = heartbeat(0);
    PendingTable table =
        only(
            activity(PendingActivityState.PENDING_ACTIVITY_STATE_STARTED)
                .setHeartbeatDetails(payloads(moves))
                .setAttempt(2));
    assertThat(table).isEqualTo(new PendingTable(moves, 2, null, null));
  }

  @Test
  void anAttemptWithoutAChunkShowsWhatEndedTheOneBefore() {
    PendingActivityInfo.Builder begun =
        activity(PendingActivityState.PENDING_ACTIVITY_STATE_STARTED).setAttempt(2);
    assertThat(only(begun)).isEqualTo(new PendingTable(HEARTBEAT, 2, null, ERROR));

    Failure givenBack =
        Failure.newBuilder()
            .setMessage("ad_org was given back after its chunk")
            .setApplicationFailureInfo(ApplicationFailureInfo.newBuilder().setType("GIVEN_BACK"))
            .build();
    assertThat(only(begun.setLastFailure(givenBack)).lastFailure())
        .as("which is nobody's failure")
        .isNull();
  }

  @Test
  void aStepThatIsTriedAgainShowsWhyAndWhen() {
    PendingActivityInfo.Builder plan =
        activity(PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED)
            .setActivityType(ActivityType.newBuilder().setName("PlanTables"))
            .clearHeartbeatDetails()
            .setAttempt(3);
    assertThat(RunDescriptions.run(description(plan)).retried())
        .containsExactly(new RetriedStep(3, Instant.ofEpochSecond(1_000, 5), ERROR));
    plan.setState(PendingActivityState.PENDING_ACTIVITY_STATE_STARTED);
    assertThat(RunDescriptions.run(description(plan)).retried())
        .containsExactly(new RetriedStep(3, null, ERROR));
    assertThat(RunDescriptions.run(description(plan.clearLastFailure())).retried()).isEmpty();
  }

  @Test
  void aTableThatWaitsShowsWhyAndWhenItIsTriedAgain() {
    PendingTable table =
        only(activity(PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED).setAttempt(2));
    assertThat(table)
        .isEqualTo(new PendingTable(HEARTBEAT, 2, Instant.ofEpochSecond(1_000, 5), ERROR));
  }

  @Test
  void aLostWorkerIsNamed() {
    Failure lost =
        Failure.newBuilder()
            .setMessage("activity Heartbeat timeout")
            .setTimeoutFailureInfo(TimeoutFailureInfo.getDefaultInstance())
            .build();
    assertThat(RunDescriptions.error(lost).code()).isEqualTo("WORKER_LOST");
    Failure wrapped = Failure.newBuilder().setMessage("outer").setCause(lost).build();
    assertThat(RunDescriptions.error(wrapped).code()).isEqualTo("WORKER_LOST");
  }

  @Test
  void otherActivitiesAreNoTables() {
    PendingActivityInfo.Builder other =
        activity(PendingActivityState.PENDING_ACTIVITY_STATE_STARTED)
            .setActivityType(ActivityType.newBuilder().setName("Plan"));
    assertThat(RunDescriptions.run(description(other)).pending()).isEmpty();
  }

  @Test
  void anActivityThatHasSaidNothingYetIsLeftOut() {
    PendingActivityInfo.Builder silent =
        activity(PendingActivityState.PENDING_ACTIVITY_STATE_STARTED).clearHeartbeatDetails();
    assertThat(RunDescriptions.run(description(silent)).pending()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING, RUNNING",
    "COMPLETED, COMPLETED",
    "FAILED, FAILED",
    "TIMED_OUT, FAILED",
    "CANCELED, INTERRUPTED",
    "TERMINATED, INTERRUPTED",
    "CONTINUED_AS_NEW, RUNNING"
  })
  void readsStatuses(String temporal, BatchStatus status) {
    WorkflowExecutionInfo.Builder info =
        WorkflowExecutionInfo.newBuilder()
            .setStatus(WorkflowExecutionStatus.valueOf("WORKFLOW_EXECUTION_STATUS_" + temporal));
    assertThat(
            RunDescriptions.run(
                    DescribeWorkflowExecutionResponse.newBuilder()
                        .setWorkflowExecutionInfo(info)
                        .build())
                .status())
        .isEqualTo(status);
  }

  private static TableHeartbeat heartbeat(int failures) {
    return new TableHeartbeat(
        new TableId("lmp", "public", "ad_org"),
        "(250)",
        new RowCounts(250, 200, 40, 10),
        1_000,
        50,
        failures,
        1,
        null);
  }

  private static PendingTable only(PendingActivityInfo.Builder activity) {
    return RunDescriptions.run(description(activity)).pending().getFirst();
  }

  private static DescribeWorkflowExecutionResponse description(
      PendingActivityInfo.Builder activity) {
    return DescribeWorkflowExecutionResponse.newBuilder()
        .setWorkflowExecutionInfo(
            WorkflowExecutionInfo.newBuilder()
                .setExecution(WorkflowExecution.newBuilder().setWorkflowId("a").setRunId("b")))
        .addPendingActivities(activity)
        .build();
  }

  private static PendingActivityInfo.Builder activity(PendingActivityState state) {
    return PendingActivityInfo.newBuilder()
        .setActivityType(ActivityType.newBuilder().setName("SyncTable"))
        .setState(state)
        .setHeartbeatDetails(payloads(HEARTBEAT))
        .setScheduledTime(Timestamp.newBuilder().setSeconds(1_000).setNanos(5))
        .setLastFailure(
            Failure.newBuilder()
                .setMessage("outer")
                .setApplicationFailureInfo(
                    ApplicationFailureInfo.newBuilder()
                        .setType("CONNECTION_FAILED")
                        .setDetails(payloads(ERROR))));
  }

  private static Payloads payloads(Object value) {
    return GlobalDataConverter.get().toPayloads(value).orElseThrow();
  }
}
