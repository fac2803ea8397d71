package dev.tidemark.workflows.verification;

import static dev.tidemark.workflows.batch.Batches.tables;

import dev.tidemark.workflows.Histories;
import dev.tidemark.workflows.batch.Batches;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replays what released code recorded, as for batches. */
class RecordedVerificationHistoriesTest {

  @ParameterizedTest
  @ValueSource(strings = {"verification-completed", "verification-failed", "verification-canceled"})
  void replays(String name) throws Exception {
    Histories.replay(name, VerifyWorkflowImpl.class);
  }

  @Test
  void recordsWhatIsMissing() {
    Assumptions.assumeTrue(
        Histories.recording(), "histories are recorded with -Dtidemark.record-histories=true only");
    record("verification-completed", server -> {});
    record("verification-failed", server -> server.tables.fails("a", Batches.NO_KEY));
    record(
        "verification-canceled",
        server -> {
          server.tables.close();
          WorkflowClient.start(server.workflow::run, VerificationServer.input(100, "lmp", "sby"));
          Awaitility.await().until(() -> server.tables.running() == 3);
          WorkflowStub.fromTyped(server.workflow).cancel();
        });
  }

  private static void record(String name, Consumer<VerificationServer> story) {
    Histories.record(
        name,
        () -> {
          try (VerificationServer server = new VerificationServer()) {
            server.control.source("lmp", tables("lmp", "a", "b"));
            server.control.source("sby", tables("sby", "c"));
            story.accept(server);
            end(server);
            return server.history();
          }
        });
  }

  private static void end(VerificationServer server) {
    try {
      if (WorkflowStub.fromTyped(server.workflow).getExecution() == null) {
        WorkflowClient.start(server.workflow::run, VerificationServer.input(100, "lmp", "sby"));
      }
      VerificationReport ignored =
          WorkflowStub.fromTyped(server.workflow).getResult(VerificationReport.class);
    } catch (WorkflowFailedException e) {
      // How it ended is in the history.
    }
  }
}
