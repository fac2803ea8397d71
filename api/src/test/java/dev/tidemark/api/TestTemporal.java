package dev.tidemark.api;

import dev.tidemark.workflows.connection.TemporalClients;
import dev.tidemark.workflows.connection.TemporalEndpoint;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.testserver.TestServer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.net.ServerSocket;

/** Temporal's in-memory server on a port of its own, with a worker of fakes. */
final class TestTemporal implements AutoCloseable {

  static final String TASK_QUEUE = "test-control";

  private final TestServer.PortBoundTestServer server;
  private final TemporalEndpoint endpoint;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private WorkerFactory factory;

  TestTemporal() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    server = TestServer.createPortBoundServer(port, true);
    endpoint = TemporalEndpoint.plain("127.0.0.1:" + port, "default");
    addSearchAttributes(endpoint.address());
    stubs = TemporalClients.connect(endpoint);
    client = TemporalClients.client(stubs, endpoint);
    factory = startWorker();
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
        FakeBatchWorkflow.class, FakeTableWorkflow.class, FakeVerifyWorkflow.class);
    worker.registerActivitiesImplementations(new FakeTableActivities(client));
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
    server.close();
  }

  @Override
  public void close() {
    factory.shutdownNow();
    stubs.shutdownNow();
    server.close();
  }
}
