package dev.tidemark.connect.configuration;

import java.util.Objects;

/**
 * What a worker process takes on.
 *
 * @param controlTaskQueue task queue of workflows and short activities
 * @param bulkTaskQueue task queue of copying activities
 * @param parallelTables copying activities at once in one worker process
 */
public record WorkerConfiguration(
    String controlTaskQueue, String bulkTaskQueue, int parallelTables) {

  public static final WorkerConfiguration DEFAULT =
      new WorkerConfiguration("tidemark-control", "tidemark-bulk", 16);

  public WorkerConfiguration {
    Objects.requireNonNull(controlTaskQueue, "controlTaskQueue");
    Objects.requireNonNull(bulkTaskQueue, "bulkTaskQueue");
    if (parallelTables < 1) {
      throw new IllegalArgumentException("parallelTables must be at least 1");
    }
  }
}
