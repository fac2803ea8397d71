package dev.tidemark.bench.server;

import dev.tidemark.cli.StateFolder;
import dev.tidemark.cli.client.ApiAddress;
import dev.tidemark.cli.client.ApiClient;
import dev.tidemark.cli.client.StartBatch;
import dev.tidemark.cli.process.ChildProcess;
import dev.tidemark.cli.process.FreePort;
import dev.tidemark.cli.process.Readiness;
import dev.tidemark.cli.role.LocalStack;
import dev.tidemark.cli.role.RoleProcess;
import dev.tidemark.cli.server.EmbeddedPostgres;
import dev.tidemark.cli.server.EmbeddedTemporal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An API and a worker in processes of their own, as in production, so that one can kill the worker.
 */
public final class Roles implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int LOG_LINES = 40;

  private final LocalStack stack;
  private final ApiClient client;
  private final ChildProcess api;
  private final RoleProcess workerRole;
  private ChildProcess worker;

  private Roles(
      LocalStack stack,
      ApiClient client,
      ChildProcess api,
      RoleProcess workerRole,
      ChildProcess worker) {
    this.stack = stack;
    this.client = client;
    this.api = api;
    this.workerRole = workerRole;
    this.worker = worker;
  }

  static Roles start(
      StateFolder home,
      EmbeddedPostgres postgres,
      EmbeddedTemporal temporal,
      String yaml,
      Map<String, String> ofWorker)
      throws SQLException {
    LocalStack stack = LocalStack.open(home);
    stack.useForControl(postgres);
    stack.use(temporal);
    String key = stack.localKey();
    Path file = home.path().resolve("bench.yaml");
    StateFolder.writePrivately(file, yaml);
    int port = FreePort.or(0);
    Map<String, String> environment = new HashMap<>(stack.environment());
    ChildProcess api =
        new RoleProcess(
                "api", file, List.of("--port", Integer.toString(port)), environment, stack.home())
            .start();
    environment.putAll(ofWorker);
    RoleProcess role = new RoleProcess("worker", file, List.of(), environment, stack.home());
    ChildProcess worker = role.start();
    ApiClient client = new ApiClient(new ApiAddress("http://127.0.0.1:" + port, key, "bench"));
    Readiness.await(api, PATIENCE, client::up);
    return new Roles(stack, client, api, role, worker);
  }

  /** Starts a configured batch and gives its id. */
  public String startBatch(String name) {
    return client.startBatch(new StartBatch(name, List.of(), List.of(), null)).get("id").asText();
  }

  /** Such as {@code running} or {@code completed}. */
  public String status(String batch) {
    return client.batch(batch).get("status").asText();
  }

  /** All that the API tells of a batch, for messages. */
  public String told(String batch) {
    return client.batch(batch).toString();
  }

  /** The process of the worker that runs now. */
  public long workerPid() {
    return worker.pid();
  }

  /** Starts another worker where one has ended by itself, as a supervisor would. */
  public boolean replaceEndedWorker() {
    if (worker.isAlive()) {
      return false;
    }
    worker = workerRole.start();
    return true;
  }

  /** Whether the worker runs, and the end of its log, for messages. */
  public String toldOfWorker() {
    try {
      List<String> lines = Files.readAllLines(worker.log());
      return (worker.isAlive() ? "the worker runs" : "the worker has ended")
          + "; its log ends with:\n"
          + String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    } catch (IOException e) {
      return "the worker's log cannot be read: " + e.getMessage();
    }
  }

  /** Kills the worker with SIGKILL and starts another. */
  public void killWorker() {
    worker.kill();
    worker = workerRole.start();
  }

  @Override
  public void close() {
    client.close();
    worker.kill();
    api.kill();
    stack.close();
  }
}
