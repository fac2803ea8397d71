package dev.tidemark.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.connect.configuration.AskedSchedule;
import dev.tidemark.connect.configuration.BatchConfiguration;
import dev.tidemark.connect.configuration.ConfigurationLoader;
import dev.tidemark.connect.configuration.TemporalConfiguration;
import dev.tidemark.connect.configuration.WorkerConfiguration;
import dev.tidemark.specs.schedule.Schedules;
import dev.tidemark.workflows.retention.ReconcileWorkflow;
import io.grpc.Status;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TemporalDevServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A worker whose Temporal does not do all that it asks for when it starts. */
@SuppressWarnings("try")
class ScheduleRightsIT {

  private static final Map<String, BatchConfiguration> BATCHES =
      new ConfigurationLoader(Map.of())
          .parse(
              "tidemark.yaml",
              """
              connections:
                lmp: {type: postgresql, host: h, database: lmp}
                dashboard: {type: mysql, host: h, database: d}
              batches:
                branches: {sources: [lmp], target: dashboard}
              """)
          .batches();

  private static TemporalDevServer server;
  private static WorkflowServiceStubs stubs;

  @BeforeAll
  static void start() {
    server = DevelopmentServer.start();
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(server.getTarget()).build());
  }

  @AfterAll
  static void stop() {
    if (stubs != null) {
      stubs.shutdownNow();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void aRoleWithoutTheRightToSchedulesWorksAllTheSame() throws Exception {
    try (TemporalGate gate = gate(Status.PERMISSION_DENIED);
        WorkerProcess ignored = worker(gate, "no-rights")) {
      assertThat(gate.called).anyMatch(method -> method.contains("Schedule"));
      ReconcileWorkflow workflow =
          WorkflowClient.newInstance(stubs)
              .newWorkflowStub(
                  ReconcileWorkflow.class,
                  WorkflowOptions.newBuilder().setTaskQueue("no-rights").build());
      assertThat(workflow.run()).isZero();
      assertThat(new Schedules(stubs, "default", "no-rights").find("nightly")).isEmpty();
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
    return new TemporalGate(server.getTarget(), method -> method.contains("Schedule"), status);
  }

  private static WorkerProcess worker(TemporalGate gate, String queue) throws InterruptedException {
    return WorkerProcess.start(
        new TemporalConfiguration(gate.target(), "default", false, null, null, null, null, null),
        new WorkerConfiguration(queue, queue + "-bulk", 16),
        List.of(
            new AskedSchedule(BATCHES)
                .read("nightly", Map.of("batch", "branches", "cron", "@daily"))),
        new FakeActivities(0, BATCHES),
        () -> {});
  }
}
