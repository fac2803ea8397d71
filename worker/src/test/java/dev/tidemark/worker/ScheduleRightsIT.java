package dev.tidemark.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.specs.schedule.Schedules;
import dev.tidemark.workflows.retention.ReconcileWorkflow;
import io.grpc.Status;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.ScheduleException;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A worker whose Temporal does not do all that it asks for when it starts. */
@SuppressWarnings("try")
class ScheduleRightsIT {

  @RegisterExtension private static final DevelopmentServer SERVER = new DevelopmentServer();

  @Test
  void aRoleWithoutTheRightToSchedulesWorksAllTheSame() throws Exception {
    try (TemporalGate gate = gate(Status.PERMISSION_DENIED);
        WorkerProcess ignored = worker(gate, "no-rights")) {
      assertThat(gate.called).anyMatch(method -> method.contains("Schedule"));
      ReconcileWorkflow workflow =
          SERVER
              .client()
              .newWorkflowStub(
                  ReconcileWorkflow.class,
                  WorkflowOptions.newBuilder().setTaskQueue("no-rights").build());
      assertThat(workflow.run()).isZero();
      assertThat(new Schedules(SERVER.stubs(), "default", "no-rights").find("nightly")).isEmpty();
    }
  }

  @Test
  void aWorkerThatCannotSeeToItsSchedulesHasTakenNoWork() throws Exception {
    try (TemporalGate gate = gate(Status.FAILED_PRECONDITION)) {
      assertThatThrownBy(() -> worker(gate, "refused")).isInstanceOf(ScheduleException.class);

      assertThat(gate.called).doesNotContain("PollWorkflowTaskQueue", "PollActivityTaskQueue");
    }
  }

  private static TemporalGate gate(Status status) throws IOException {
    return new TemporalGate(SERVER.target(), method -> method.contains("Schedule"), status);
  }

  private static WorkerProcess worker(TemporalGate gate, String queue) throws InterruptedException {
    return FakeWorkers.start(
        DevelopmentServer.at(gate.target()),
        queue,
        new FakeActivities(0, FakeWorkers.BATCHES),
        FakeWorkers.schedule("nightly", Map.of("cron", "@daily")));
  }
}
