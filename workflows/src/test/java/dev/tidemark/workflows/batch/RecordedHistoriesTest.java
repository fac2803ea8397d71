package dev.tidemark.workflows.batch;

import static dev.tidemark.workflows.batch.Batches.id;
import static dev.tidemark.workflows.batch.Batches.tables;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.workflows.table.TableId;
import dev.tidemark.workflows.table.TableStatus;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replays histories that released code wrote, so that a change which would break running batches
 * fails here. Such a change needs {@code Workflow.getVersion}, and the old history stays.
 *
 * <p>{@code -Dtidemark.record-histories=true} writes those that are missing; one that exists is
 * never overwritten.
 */
class RecordedHistoriesTest {

  private static final Path FOLDER = Path.of("src", "test", "resources", "histories");
  private static final TableId A = id("lmp", "a");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "batch-completed",
        "batch-failed",
        "batch-paused-and-resumed",
        "batch-skipped-and-retried",
        "batch-interrupted",
        "batch-resumed"
      })
  void replays(String name) throws Exception {
    WorkflowReplayer.replayWorkflowExecutionFromResource(
        "histories/" + name + ".json", SyncBatchWorkflowImpl.class);
  }

  @Test
  void recordsWhatIsMissing() {
    Assumptions.assumeTrue(
        Boolean.getBoolean("tidemark.record-histories"),
        "histories are recorded with -Dtidemark.record-histories=true only");
    record("batch-completed", this::completed);
    record("batch-failed", this::failed);
    record("batch-paused-and-resumed", this::pausedAndResumed);
    record("batch-skipped-and-retried", this::skippedAndRetried);
    record("batch-interrupted", this::interrupted);
    record("batch-resumed", this::resumed);
    assertThat(FOLDER).isNotEmptyDirectory();
  }

  private void completed(BatchServer server) {
    server.control.source("sby", tables("sby", "c"));
    server.run(Batches.of("lmp", "sby"));
  }

  private void failed(BatchServer server) {
    server.tables.fail("a", Batches.NO_KEY);
    server.control.offline("sby", Batches.UNREACHABLE);
    server.run(Batches.of("lmp", "sby"));
  }

  private void pausedAndResumed(BatchServer server) {
    SyncBatchWorkflow batch = begin(server);
    batch.pause();
    server.await(A, TableStatus.PENDING);
    server.tables.release("a");
    batch.resume();
    server.end();
  }

  private void skippedAndRetried(BatchServer server) {
    server.tables.fail("b", Batches.NO_KEY);
    SyncBatchWorkflow batch = begin(server);
    TableId b = id("lmp", "b");
    server.await(b, TableStatus.FAILED);
    server.tables.mend("b");
    batch.retryTable(b);
    server.await(b, TableStatus.COMPLETED);
    batch.skipTable(A);
    server.end();
  }

  private void interrupted(BatchServer server) {
    SyncBatchWorkflow batch = begin(server);
    batch.interrupt("maintenance");
    server.end();
  }

  private void resumed(BatchServer server) {
    server.tables.fail("a", Batches.NO_KEY);
    BatchInput first = Batches.of("lmp");
    BatchProgress before = server.run(first);
    server.tables.mend("a");
    server.run(Batches.resumed(first, before));
  }

  private static SyncBatchWorkflow begin(BatchServer server) {
    server.tables.hold("a");
    SyncBatchWorkflow batch = server.begin(Batches.of("lmp"));
    server.await(A, TableStatus.IN_PROGRESS);
    return batch;
  }

  private static void record(String name, Consumer<BatchServer> story) {
    Path file = FOLDER.resolve(name + ".json");
    if (Files.exists(file)) {
      return;
    }
    try (BatchServer server = BatchServer.start()) {
      server.control.source("lmp", tables("lmp", "a", "b"));
      story.accept(server);
      WorkflowExecutionHistory history = server.history();
      Files.writeString(file, history.toJson(true), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
