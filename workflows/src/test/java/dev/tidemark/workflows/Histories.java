package dev.tidemark.workflows;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowHistoryLoader;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** The recorded histories; one that exists is never overwritten. */
public final class Histories {

  private static final String FOLDER = "histories";

  private Histories() {}

  /** Whether to write those that are missing. */
  public static boolean recording() {
    return Boolean.getBoolean("tidemark.record-histories");
  }

  /** Writes the history that the story ends with, unless there is one of this name. */
  public static void record(String name, Supplier<WorkflowExecutionHistory> story) {
    Path file = file(name);
    if (Files.exists(file)) {
      return;
    }
    try {
      Files.writeString(file, story.get().toJson(true), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails when the workflow would do something else today. */
  public static void replay(String name, Class<?> workflow) throws Exception {
    replay(WorkflowHistoryLoader.readHistoryFromResource(FOLDER + "/" + name + ".json"), workflow);
  }

  /** The same for a workflow that makes other ids of its own. */
  public static void replay(String name, String workflowId, Class<?> workflow) throws Exception {
    replay(
        WorkflowExecutionHistory.fromJson(Files.readString(file(name), UTF_8), workflowId),
        workflow);
  }

  private static void replay(WorkflowExecutionHistory history, Class<?> workflow) throws Exception {
    try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance()) {
      Worker worker = environment.newWorker(SkippingServer.QUEUE, SkippingServer.patient().build());
      worker.registerWorkflowImplementationTypes(workflow);
      WorkflowReplayer.replayWorkflowExecution(history, worker);
    }
  }

  private static Path file(String name) {
    return Path.of("src", "test", "resources", FOLDER, name + ".json");
  }
}
