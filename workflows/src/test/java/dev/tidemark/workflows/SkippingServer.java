package dev.tidemark.workflows;

import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;

/** A server that skips time and knows Tidemark's search attributes, and its one queue. */
public final class SkippingServer {

  /** The queue of {@link #worker}. */
  public static final String QUEUE = "test";

  /** Short enough that a test sees each cursor. */
  private static final Duration HEARTBEAT_THROTTLE = Duration.ofMillis(20);

  private SkippingServer() {}

  /** A server that has not started. */
  public static TestWorkflowEnvironment create() {
    return create(WorkerFactoryOptions.getDefaultInstance());
  }

  /** A server that has not started, whose workers are made so. */
  public static TestWorkflowEnvironment create(WorkerFactoryOptions workers) {
    TestEnvironmentOptions.Builder options =
        TestEnvironmentOptions.newBuilder()
            .setWorkerFactoryOptions(workers)
            .setWorkflowClientOptions(
                WorkflowClientOptions.newBuilder()
                    .setIdentity("tidemark-test")
                    .setDataConverter(PayloadJson.DATA_CONVERTER)
                    .build());
    SearchAttributes.ALL.forEach(
        key -> options.registerSearchAttribute(key.getName(), key.getValueType()));
    return TestWorkflowEnvironment.newInstance(options.build());
  }

  /** A worker that passes heartbeats on at once. */
  public static Worker worker(TestWorkflowEnvironment environment) {
    return environment.newWorker(
        QUEUE,
        patient()
            .setMaxHeartbeatThrottleInterval(HEARTBEAT_THROTTLE)
            .setDefaultHeartbeatThrottleInterval(HEARTBEAT_THROTTLE)
            .build());
  }

  /** On a machine that does much else a workflow task may take more than Temporal's one second. */
  static WorkerOptions.Builder patient() {
    return WorkerOptions.newBuilder()
        .setDefaultDeadlockDetectionTimeout(Duration.ofSeconds(20).toMillis());
  }
}
