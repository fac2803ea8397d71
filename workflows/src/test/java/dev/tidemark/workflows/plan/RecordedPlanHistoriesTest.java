package dev.tidemark.workflows.plan;

import static dev.tidemark.workflows.batch.Batches.tables;

import dev.tidemark.workflows.Histories;
import dev.tidemark.workflows.batch.Batches;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replays what released code recorded, as for batches. */
class RecordedPlanHistoriesTest {

  @ParameterizedTest
  @ValueSource(strings = {"plan-completed", "plan-refused"})
  void replays(String name) throws Exception {
    Histories.replay(name, PlanWorkflowImpl.class);
  }

  @Test
  void recordsWhatIsMissing() {
    Assumptions.assumeTrue(
        Histories.recording(), "histories are recorded with -Dtidemark.record-histories=true only");
    record("plan-completed", server -> {});
    record(
        "plan-refused",
        server -> {
          server.tables.refuses("a", Batches.NO_KEY);
          server.control.offline("sby", Batches.UNREACHABLE);
        });
  }

  private static void record(String name, Consumer<PlanServer> story) {
    Histories.record(
        name,
        () -> {
          try (PlanServer server = new PlanServer()) {
            server.control.source("lmp", tables("lmp", 30));
            server.control.source("sby", tables("sby", "c"));
            story.accept(server);
            BatchPlan ignored = server.workflow.run(PlanServer.input(true, "lmp", "sby"));
            return server.history();
          }
        });
  }
}
