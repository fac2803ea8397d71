package dev.tidemark.worker;

import dev.tidemark.connect.configuration.AskedSchedule;
import dev.tidemark.connect.configuration.BatchConfiguration;
import dev.tidemark.connect.configuration.ConfigurationLoader;
import dev.tidemark.connect.configuration.ScheduleConfiguration;
import dev.tidemark.connect.configuration.TemporalConfiguration;
import dev.tidemark.connect.configuration.WorkerConfiguration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Workers whose activities touch no database, with one batch in their configuration. */
final class FakeWorkers {

  /** Of the worker's configuration. */
  static final Map<String, BatchConfiguration> BATCHES =
      new ConfigurationLoader(Map.of())
          .parse(
              "tidemark.yaml",
              """
              connections:
                lmp: {type: postgresql, host: h, database: lmp}
                sby: {type: postgresql, host: h, database: sby}
                dashboard: {type: mysql, host: h, database: d}
              batches:
                branches: {sources: [lmp, sby], target: dashboard}
              """)
          .batches();

  private FakeWorkers() {}

  /** A schedule of the batch. */
  static ScheduleConfiguration schedule(String name, Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("batch", "branches");
    return new AskedSchedule(BATCHES).read(name, all);
  }

  /** A worker on a queue of its own, with these schedules in its configuration. */
  static WorkerProcess start(
      TemporalConfiguration temporal,
      String queue,
      FakeActivities fakes,
      ScheduleConfiguration... schedules)
      throws InterruptedException {
    return WorkerProcess.start(
        temporal,
        new WorkerConfiguration(queue, queue + "-bulk", 16),
        List.of(schedules),
        fakes,
        () -> {});
  }
}
