package dev.tidemark.api;

import dev.tidemark.connect.configuration.AskedBatch;
import dev.tidemark.specs.batch.BatchSpecs;
import dev.tidemark.workflows.connection.TemporalClients;
import dev.tidemark.workflows.connection.TemporalEndpoint;
import dev.tidemark.workflows.notification.NotificationTestActivities;
import dev.tidemark.workflows.notification.NotificationTestResult;
import dev.tidemark.workflows.notification.NotificationTestWorkflowImpl;
import dev.tidemark.workflows.schedule.ScheduleActivities;
import dev.tidemark.workflows.schedule.ScheduledBatchWorkflowImpl;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.testing.TemporalDevServer;
import io.temporal.testserver.TestServer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;

/** A Temporal on a port of its own, with a worker of fakes. */
final class TestTemporal implements AutoCloseable {

  static final String TASK_QUEUE = "test-control";

  private final Runnable stopServer;
  private final TemporalEndpoint endpoint;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private WorkerFactory factory;

  private TestTemporal(String address, Runnable stopServer) {
    this.stopServer = stopServer;
    endpoint = TemporalEndpoint.plain(address, "default");
    addSearchAttributes(endpoint.address());
    stubs = TemporalClients.connect(endpoint);
    client = TemporalClients.client(stubs, endpoint);
    factory = startWorker();
  }

  /** In memory. */
  static TestTemporal start() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    TestServer.PortBoundTestServer server = TestServer.createPortBoundServer(port, true);
    return new TestTemporal("127.0.0.1:" + port, server::close);
  }

  /** A process of its own. */
  static TestTemporal startDevelopmentServer() {
    TemporalDevServer server = DevelopmentServer.start();
    return new TestTemporal(server.getTarget(), server::close);
  }

  private static void addSearchAttributes(String address) {
    OperatorServiceStubs operator =
        OperatorServiceStubs.newServiceStubs(
            OperatorServiceStubsOptions.newBuilder()
                .setTarget(address)
                .validateAndBuildWithDefaults());
    operator
        .blockingStub()
        .addSearchAttributes(
            AddSearchAttributesRequest.newBuilder()
                .setNamespace("default")
                .putSearchAttributes("TidemarkStatus", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .putSearchAttributes("TidemarkKind", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .putSearchAttributes("TidemarkBatch", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .putSearchAttributes(
                    "TidemarkConnection", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST)
                .build());
    operator.shutdownNow();
  }

  private WorkerFactory startWorker() {
    WorkerFactory started = WorkerFactory.newInstance(client);
    Worker worker = started.newWorker(TASK_QUEUE);
    worker.registerWorkflowImplementationTypes(
        FakeBatchWorkflow.class,
        FakeTableWorkflow.class,
        FakeVerifyWorkflow.class,
        FakeLettersWorkflow.class,
        FakePlanWorkflow.class,
        ScheduledBatchWorkflowImpl.class,
        NotificationTestWorkflowImpl.class);
    ScheduleActivities schedules =
        input ->
            BatchSpecs.of(
                new AskedBatch(ApiEnvironment.branches(), input.connections(), input.tables()),
                null);
    NotificationTestActivities notifications =
        input ->
            new NotificationTestResult(
                List.of(
                    new NotificationTestResult.Rule(0, "Slack[a]", null),
                    new NotificationTestResult.Rule(1, "Slack[b]", input + " was refused")));
    worker.registerActivitiesImplementations(
        new FakeTableActivities(client), schedules, notifications);
    started.start();
    return started;
  }

  /** From now on nobody answers queries. */
  void stopWorker() {
    factory.shutdownNow();
  }

  void restartWorker() {
    factory = startWorker();
  }

  String address() {
    return endpoint.address();
  }

  WorkflowClient client() {
    return client;
  }

  void stopServer() {
    stopServer.run();
  }

  @Override
  public void close() {
    factory.shutdownNow();
    stubs.shutdownNow();
    stopServer.run();
  }
}
