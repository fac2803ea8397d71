package dev.tidemark.workflows.letter;

import dev.tidemark.workflows.SkippingServer;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.util.List;

/** A server that skips time, a worker with fakes, and one workflow. */
final class LetterServer implements AutoCloseable {

  static final LetterTask TASK = new LetterTask("dashboard", "orders", List.of("a1"), 1);

  private static final String ID = RetryLettersWorkflow.workflowId("dashboard", "orders");

  private final TestWorkflowEnvironment environment;
  final FakeLetters letters = new FakeLetters();
  final RetryLettersWorkflow workflow;

  LetterServer() {
    environment = SkippingServer.create();
    Worker worker = SkippingServer.worker(environment);
    worker.registerWorkflowImplementationTypes(RetryLettersWorkflowImpl.class);
    worker.registerActivitiesImplementations(letters);
    environment.start();
    workflow =
        environment
            .getWorkflowClient()
            .newWorkflowStub(
                RetryLettersWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(ID)
                    .setTaskQueue(SkippingServer.QUEUE)
                    .build());
  }

  WorkflowExecutionHistory history() {
    return environment.getWorkflowClient().fetchHistory(ID);
  }

  @Override
  public void close() {
    letters.free();
    environment.close();
  }
}
