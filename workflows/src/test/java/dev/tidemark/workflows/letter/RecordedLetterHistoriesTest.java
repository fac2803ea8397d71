package dev.tidemark.workflows.letter;

import dev.tidemark.workflows.Histories;
import dev.tidemark.workflows.table.BusySlice;
import dev.tidemark.workflows.table.ErrorDetail;
import io.temporal.client.WorkflowFailedException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replays what released code recorded, as for batches. */
class RecordedLetterHistoriesTest {

  @ParameterizedTest
  @ValueSource(strings = {"letters-completed", "letters-waited", "letters-failed"})
  void replays(String name) throws Exception {
    Histories.replay(name, RetryLettersWorkflowImpl.class);
  }

  @Test
  void recordsWhatIsMissing() {
    Assumptions.assumeTrue(
        Histories.recording(), "histories are recorded with -Dtidemark.record-histories=true only");
    LetterResult done = new LetterResult(3, 1, 2, null);
    record("letters-completed", server -> server.letters.answers(done));
    record(
        "letters-waited",
        server ->
            server.letters.answers(
                new LetterResult(1, 0, 1, new BusySlice("orders", "branch=lmp", "sync_1")), done));
    record(
        "letters-failed",
        server -> server.letters.fails(new ErrorDetail("NO_KEY", "no key", "Name one.")));
  }

  private static void record(String name, Consumer<LetterServer> story) {
    Histories.record(
        name,
        () -> {
          try (LetterServer server = new LetterServer()) {
            story.accept(server);
            end(server);
            return server.history();
          }
        });
  }

  private static void end(LetterServer server) {
    try {
      LetterResult ignored = server.workflow.run(LetterServer.TASK);
    } catch (WorkflowFailedException e) {
      // How it ended is in the history.
    }
  }
}
