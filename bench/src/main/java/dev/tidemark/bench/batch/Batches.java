package dev.tidemark.bench.batch;

import dev.tidemark.bench.CpuClock;
import dev.tidemark.connect.configuration.BatchConfiguration;
import dev.tidemark.connect.configuration.TidemarkConfiguration;
import dev.tidemark.specs.table.TableSpecs;
import dev.tidemark.worker.WorkerProcess;
import dev.tidemark.workflows.batch.BatchInput;
import dev.tidemark.workflows.batch.BatchOptions;
import dev.tidemark.workflows.batch.BatchProgress;
import dev.tidemark.workflows.batch.BatchSpec;
import dev.tidemark.workflows.batch.RunIds;
import dev.tidemark.workflows.batch.SourceSpec;
import dev.tidemark.workflows.batch.SyncBatchWorkflow;
import dev.tidemark.workflows.connection.TemporalClients;
import dev.tidemark.workflows.connection.TemporalEndpoint;
import dev.tidemark.workflows.verification.VerificationInput;
import dev.tidemark.workflows.verification.VerificationReport;
import dev.tidemark.workflows.verification.VerifyWorkflow;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Runs configured batches in a worker of this process, one after the other. */
public final class Batches implements AutoCloseable {

  private final TidemarkConfiguration configuration;
  private final WorkerProcess worker;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private int started;

  /**
   * What a batch came to.
   *
   * @param duration from its start to its result
   * @param cpu processor seconds of worker and servers meanwhile, by program
   * @param history what it left in Temporal
   */
  public record Outcome(
      BatchProgress progress, Duration duration, Map<String, Double> cpu, History history) {}

  private Batches(TidemarkConfiguration configuration, WorkerProcess worker) {
    this.configuration = configuration;
    this.worker = worker;
    TemporalEndpoint endpoint =
        TemporalEndpoint.plain(
            configuration.temporal().address(), configuration.temporal().namespace());
    this.stubs = TemporalClients.connect(endpoint);
    this.client = TemporalClients.client(stubs, endpoint);
  }

  /** Starts the worker. */
  public static Batches start(TidemarkConfiguration configuration) throws InterruptedException {
    return new Batches(configuration, WorkerProcess.start(configuration));
  }

  /** Runs a batch to its end, also when tables fail. */
  public Outcome run(String name) {
    String id = "sync_bench_" + name + "_" + ++started;
    SyncBatchWorkflow batch =
        client.newWorkflowStub(
            SyncBatchWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(configuration.worker().controlTaskQueue())
                .build());
    CpuClock cpu = new CpuClock();
    long start = System.nanoTime();
    WorkflowExecution first =
        WorkflowClient.start(
            batch::run,
            BatchInput.first(id, spec(name), new BatchOptions(List.of(), List.of(), "bench")));
    BatchProgress progress;
    try {
      progress = WorkflowStub.fromTyped(batch).getResult(BatchProgress.class);
    } catch (WorkflowFailedException e) {
      progress = batch.progress();
    }
    Duration duration = Duration.ofNanos(System.nanoTime() - start);
    return new Outcome(progress, duration, cpu.seconds(), History.of(stubs, first));
  }

  /** Compares what a batch copies, to its end. */
  public VerificationReport verify(String name) {
    String id = RunIds.VERIFICATION + "_bench_" + name + "_" + ++started;
    return client
        .newWorkflowStub(
            VerifyWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(configuration.worker().controlTaskQueue())
                .build())
        .run(new VerificationInput(id, spec(name), VerificationInput.DEFAULT_LIMIT, "bench"));
  }

  private BatchSpec spec(String name) {
    BatchConfiguration batch = Objects.requireNonNull(configuration.batches().get(name), name);
    return new BatchSpec(
        name,
        batch.sources().stream()
            .map(source -> new SourceSpec(source.connection(), source.constants()))
            .toList(),
        batch.target(),
        batch.tables(),
        batch.excludeTables(),
        TableSpecs.defaults(batch),
        Map.of(),
        batch.parallelTables(),
        batch.parallelTablesPerConnection(),
        TableSpecs.retry(batch.retry()),
        TableSpecs.whenBusy(null, batch),
        batch.createMissingTables());
  }

  @Override
  public void close() {
    worker.close();
    stubs.shutdownNow();
  }
}
