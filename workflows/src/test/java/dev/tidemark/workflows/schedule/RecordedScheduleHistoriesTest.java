package dev.tidemark.workflows.schedule;

import dev.tidemark.workflows.Histories;
import dev.tidemark.workflows.batch.Batches;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replays recorded runs of schedules, as batches are replayed. */
class RecordedScheduleHistoriesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schedule-completed",
        "schedule-failed",
        "schedule-not-configured",
        "schedule-canceled",
        "schedule-interrupted",
        "schedule-tells-of-no-batch"
      })
  void replays(String name) throws Exception {
    Histories.replay(name, ScheduleServer.ID, ScheduledBatchWorkflowImpl.class);
  }

  @Test
  void recordsWhatIsMissing() {
    Assumptions.assumeTrue(
        Histories.recording(), "histories are recorded with -Dtidemark.record-histories=true only");
    record("schedule-completed", ScheduleServer::begin);
    record("schedule-failed", RecordedScheduleHistoriesTest::failed);
    record("schedule-not-configured", RecordedScheduleHistoriesTest::notConfigured);
    record("schedule-tells-of-no-batch", RecordedScheduleHistoriesTest::notConfigured);
    record("schedule-canceled", server -> server.beginAndHold().run().cancel());
    record("schedule-interrupted", server -> server.beginAndHold().batch().interrupt("lunch"));
  }

  private static void failed(ScheduleServer server) {
    server.tables.fail("a", Batches.NO_KEY);
    server.begin();
  }

  private static void notConfigured(ScheduleServer server) {
    server.forget();
    server.begin();
  }

  private static void record(String name, Consumer<ScheduleServer> story) {
    Histories.record(
        name,
        () -> {
          try (ScheduleServer server = new ScheduleServer()) {
            story.accept(server);
            return server.history();
          }
        });
  }
}
