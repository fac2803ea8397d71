package dev.tidemark.workflows;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.WorkflowReplayer;
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
    WorkflowReplayer.replayWorkflowExecutionFromResource(FOLDER + "/" + name + ".json", workflow);
  }

  /** The same for a workflow that makes other ids of its own. */
  public static void replay(String name, String workflowId, Class<?> workflow) throws Exception {
    String json = Files.readString(file(name), UTF_8);
    WorkflowReplayer.replayWorkflowExecution(
        WorkflowExecutionHistory.fromJson(json, workflowId), workflow);
  }

  private static Path file(String name) {
    return Path.of("src", "test", "resources", FOLDER, name + ".json");
  }
}
