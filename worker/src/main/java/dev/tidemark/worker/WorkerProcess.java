package dev.tidemark.worker;

import dev.tidemark.activities.table.StopSignal;
import dev.tidemark.connect.configuration.ScheduleConfiguration;
import dev.tidemark.connect.configuration.TemporalConfiguration;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.connect.configuration.WorkerConfiguration;
import dev.tidemark.specs.schedule.FileSchedules;
import dev.tidemark.specs.schedule.Schedules;
import dev.tidemark.workflows.connection.TemporalClients;
import dev.tidemark.workflows.connection.TemporalEndpoint;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker process from its start to its graceful end. */
public final class WorkerProcess implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(WorkerProcess.class);

  /** The cursor that somebody watches, or a next attempt starts from, is no older than this. */
  private static final Duration HEARTBEAT_THROTTLE = Duration.ofMillis(500);

  /** So long a batch stands still at most when the worker that held it in its cache is gone. */
  private static final Duration STICKY_TIMEOUT = Duration.ofSeconds(2);

  /**
   * A workflow's code runs so long at most between two of its waits. Within one second a machine
   * that is busy, and a process that has just begun, may not load the classes; each time that fails
   * a task, and the server waits longer before the next try.
   */
  private static final Duration STEP_TIMEOUT = Duration.ofSeconds(5);

  /** Longer than a chunk takes. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  private final WorkflowServiceStubs stubs;
  private final WorkerFactory factory;
  private final StopSignal stop;

  private final Runnable atEnd;

  private WorkerProcess(
      WorkflowServiceStubs stubs, WorkerFactory factory, StopSignal stop, Runnable atEnd) {
    this.stubs = stubs;
    this.factory = factory;
    this.stop = stop;
    this.atEnd = atEnd;
  }

  /**
   * Waits for Temporal, sees to search attributes and schedules, and takes on work.
   *
   * @throws TemporalUnusableException when Temporal answers but refuses
   * @throws InterruptedException when the process is told to stop before Temporal answered
   */
  public static WorkerProcess start(TidemarkConfiguration configuration)
      throws InterruptedException {
    WorkerResources resources = new WorkerResources(configuration);
    try {
      return start(
          configuration.temporal(),
          configuration.worker(),
          configuration.schedules().values(),
          resources,
          resources::close);
    } catch (InterruptedException | RuntimeException e) {
      resources.close();
      throw e;
    }
  }

  static WorkerProcess start(
      TemporalConfiguration temporal,
      WorkerConfiguration worker,
      Collection<ScheduleConfiguration> schedules,
      Activities.Factory activities,
      Runnable atEnd)
      throws InterruptedException {
    TemporalEndpoint endpoint = endpoint(temporal);
    WorkflowServiceStubs stubs = TemporalClients.connect(endpoint);
    try {
      TemporalReadiness.await(stubs, endpoint.address(), endpoint.namespace());
      SearchAttributeRegistration.ensure(stubs, endpoint.namespace());
      // Before there is work: whatever fails here may close what activities would use.
      bring(schedules, stubs, endpoint.namespace(), worker.controlTaskQueue());
      return start(stubs, TemporalClients.client(stubs, endpoint), worker, activities, atEnd);
    } catch (InterruptedException | RuntimeException e) {
      stubs.shutdownNow();
      throw e;
    }
  }

  private static void bring(
      Collection<ScheduleConfiguration> schedules,
      WorkflowServiceStubs stubs,
      String namespace,
      String taskQueue) {
    try {
      MaintenanceSchedules.ensure(
          ScheduleClient.newInstance(
              stubs, ScheduleClientOptions.newBuilder().setNamespace(namespace).build()),
          taskQueue);
      new FileSchedules(new Schedules(stubs, namespace, taskQueue)).bring(schedules);
    } catch (ScheduleException | StatusRuntimeException e) {
      if (!Schedules.isForbidden(e)) {
        throw e;
      }
      log.warn(
          "The role of this worker has no right to schedules in namespace {} ({}). It works on all"
              + " that is started, but the schedules of the configuration, and those that keep the"
              + " archive, are not brought to Temporal. Let the role read and write schedules, or"
              + " start one worker with a role that may, after every edit of schedules.",
          namespace,
          String.valueOf(e.getCause() == null ? e : e.getCause()));
    }
  }

  private static WorkerProcess start(
      WorkflowServiceStubs stubs,
      WorkflowClient client,
      WorkerConfiguration worker,
      Activities.Factory activitiesFactory,
      Runnable atEnd) {
    StopSignal stop = new StopSignal();
    Activities activities = activitiesFactory.create(client, stop);
    WorkerFactory factory =
        WorkerFactory.newInstance(
            client, WorkerFactoryOptions.newBuilder().setUsingVirtualWorkflowThreads(true).build());
    try {
      Registrations.control(
          factory.newWorker(worker.controlTaskQueue(), options().build()),
          activities,
          worker.bulkTaskQueue());
      Registrations.bulk(
          factory.newWorker(
              worker.bulkTaskQueue(),
              options().setMaxConcurrentActivityExecutionSize(worker.parallelTables()).build()),
          activities);
      factory.start();
    } catch (RuntimeException e) {
      // Before the caller closes what its activities use.
      stop.stop();
      factory.shutdownNow();
      factory.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS);
      throw e;
    }
    log.info(
        "Working on {} and {}, up to {} tables at once",
        worker.controlTaskQueue(),
        worker.bulkTaskQueue(),
        worker.parallelTables());
    return new WorkerProcess(stubs, factory, stop, atEnd);
  }

  private static WorkerOptions.Builder options() {
    return WorkerOptions.newBuilder()
        .setMaxHeartbeatThrottleInterval(HEARTBEAT_THROTTLE)
        .setDefaultHeartbeatThrottleInterval(HEARTBEAT_THROTTLE)
        .setStickyQueueScheduleToStartTimeout(STICKY_TIMEOUT)
        .setDefaultDeadlockDetectionTimeout(STEP_TIMEOUT.toMillis())
        // Else the last cursor of a stopping worker would be lost.
        .setAllowActivityHeartbeatDuringShutdown(true)
        .setUsingVirtualThreads(true);
  }

  private static TemporalEndpoint endpoint(TemporalConfiguration temporal) {
    return new TemporalEndpoint(
        temporal.address(),
        temporal.namespace(),
        temporal.tls(),
        temporal.certificate(),
        temporal.certificateKey(),
        temporal.serverCa(),
        temporal.apiKey());
  }

  /** Takes on no more work, finishes the chunks in flight, gives their tables back, and leaves. */
  @Override
  public void close() {
    log.info("Stopping after the chunks in flight");
    // In this order, or the worker would poll for what it has just given back.
    factory.shutdown();
    stop.stop();
    factory.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS);
    if (!factory.isTerminated()) {
      log.warn("Chunks took longer than {}; they are rolled back and done again", GRACE);
      factory.shutdownNow();
    }
    stubs.shutdown();
    stubs.awaitTermination(5, TimeUnit.SECONDS);
    atEnd.run();
    log.info("Stopped");
  }
}
