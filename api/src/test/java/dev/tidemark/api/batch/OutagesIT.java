package dev.tidemark.api.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.api.Answer;
import dev.tidemark.api.ApiEnvironment;
import dev.tidemark.api.key.Caller;
import dev.tidemark.api.run.Call;
import dev.tidemark.api.run.IdempotentRequests;
import dev.tidemark.api.run.Runs;
import dev.tidemark.connect.configuration.Role;
import dev.tidemark.workflows.batch.BatchStatus;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutagesIT {

  private ApiEnvironment environment;

  @BeforeEach
  void start() throws IOException {
    environment = new ApiEnvironment();
  }

  @AfterEach
  void stop() throws IOException {
    environment.close();
  }

  @Test
  void startsShowsAndSteersWithoutTheControlDatabase() throws IOException {
    String key = environment.control().apiKeys().create("ci", Role.OPERATOR, "test").secret();
    assertThat(environment.send("GET", "/api/v1/connections", key, null).status()).isEqualTo(200);
    environment.stopControlDatabase();

    Answer started = environment.send("POST", "/api/v1/batches", key, "{}");
    assertThat(started.status()).as(started.response().body()).isEqualTo(201);
    String batch = "/api/v1/batches/" + started.text("/id");
    for (int i = 0; i < 2; i++) {
      Answer paused = environment.once("pause", "POST", batch + "/pause", null);
      assertThat(paused.status())
          .as(paused.response().body())
          .as("an order is not remembered, so it is refused the second time")
          .isEqualTo(i == 0 ? 200 : 409);
    }
    assertThat(environment.get(batch).body().at("/paused").asBoolean()).isTrue();
    environment.temporal().newUntypedWorkflowStub(started.text("/id")).terminate("by hand");
    assertThat(environment.get(batch).text("/status")).isEqualTo("interrupted");
    Answer resumed = environment.post(batch + "/resume", null);
    assertThat(resumed.status()).as(resumed.response().body()).isEqualTo(200);
    assertThat(resumed.text("/status")).isEqualTo("running");

    for (Answer answer :
        List.of(
            environment.get("/api/v1/batches"),
            environment.get("/api/v1/batches/latest"),
            environment.get("/api/v1/batches/sync_unknown"),
            environment.send("GET", "/api/v1/keys", ApiEnvironment.ADMIN, null),
            environment.send(
                "POST",
                "/api/v1/batches",
                ApiEnvironment.OPERATOR,
                "{}",
                Map.of("Idempotency-Key", "k")))) {
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.text("/code")).isEqualTo("CONTROL_DATABASE_UNAVAILABLE");
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    environment.restartApi();
    assertThat(environment.get(batch).text("/status")).isEqualTo("running");
    assertThat(environment.send("GET", batch, key, null).status()).isEqualTo(503);
  }

  @Test
  void showsABatchWithoutAWorker() {
    environment.stopWorker();
    Answer started = environment.post("/api/v1/batches", "{\"tables\": [\"AdOrg\"]}");
    assertThat(started.status()).as(started.response().body()).isEqualTo(201);
    assertThat(started.text("/status")).isEqualTo("running");
    assertThat(started.body().at("/live").asBoolean()).isFalse();
    assertThat(started.text("/options/tables/0")).isEqualTo("AdOrg");
    String batch = "/api/v1/batches/" + started.text("/id");

    Answer pause = environment.post(batch + "/pause", null);
    assertThat(pause.status()).isEqualTo(503);
    assertThat(pause.text("/code")).isEqualTo("NO_WORKER");

    environment.restartWorker();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(environment.get(batch).body().at("/live").asBoolean()).isTrue());
  }

  @Test
  void aBatchThatStartedIsShownAlthoughTemporalLeavesAtOnce() {
    WorkflowClient client = startsAndDescribesNothing(environment.temporal());
    Runs runs = new Runs(client);
    BatchRecords records = new BatchRecords(environment.control());
    BatchLookup lookup = new BatchLookup(runs, records);
    Batches batches =
        new Batches(
            new StartRequests(environment.configuration()),
            new BatchStarts(client, environment.configuration()),
            lookup,
            records,
            new IdempotentRequests(environment.control()),
            runs,
            Clock.systemUTC());

    String id =
        batches.start(
            StartRequest.EVERYTHING,
            new Call(new Caller("ci", "ci", Role.OPERATOR), "POST /api/v1/batches", "once"));

    assertThat(lookup.get(id).progress().status()).isEqualTo(BatchStatus.RUNNING);
    assertThat(environment.temporal().newUntypedWorkflowStub(id).describe().getStatus())
        .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
  }

  private static WorkflowClient startsAndDescribesNothing(WorkflowClient client) {
    WorkflowServiceStubsOptions options =
        WorkflowServiceStubsOptions.newBuilder(client.getWorkflowServiceStubs().getOptions())
            .setGrpcClientInterceptors(List.of(new NoDescription()))
            .build();
    return WorkflowClient.newInstance(
        WorkflowServiceStubs.newServiceStubs(options), client.getOptions());
  }

  /** Fails the calls that describe a workflow, and no others. */
  private static final class NoDescription implements ClientInterceptor {

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      if (!"DescribeWorkflowExecution".equals(method.getBareMethodName())) {
        return next.newCall(method, options);
      }
      return new ForwardingClientCall.SimpleForwardingClientCall<>(next.newCall(method, options)) {
        @Override
        public void start(Listener<A> listener, Metadata headers) {
          listener.onClose(Status.UNAVAILABLE, new Metadata());
        }

        @Override
        public void sendMessage(Q message) {}

        @Override
        public void halfClose() {}

        @Override
        public void request(int messages) {}
      };
    }
  }

  @Test
  void saysThatTemporalIsAway() {
    environment.stopWorker();
    environment.stopTemporal();
    for (Answer answer :
        List.of(
            environment.post("/api/v1/batches", "{}"),
            environment.get("/api/v1/batches/sync_unknown"),
            environment.post("/api/v1/batches/sync_unknown/pause", null),
            environment.post("/api/v1/batches/sync_unknown/resume", null),
            environment.get("/api/v1/table-syncs/pgsql_lmp/ad_org"))) {
      assertThat(answer.status()).as(answer.response().body()).isEqualTo(503);
      assertThat(answer.text("/code")).isEqualTo("TEMPORAL_UNAVAILABLE");
    }
    assertThat(environment.get("/api/v1/batches").status()).isEqualTo(200);
    assertThat(environment.get("/api/v1/health").text("/status")).isEqualTo("up");
  }
}
