package dev.tidemark.workflows.connection;

import dev.tidemark.workflows.PayloadJson;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Opens connections to Temporal; plain, TLS, mTLS, API key. */
public final class TemporalClients {

  private TemporalClients() {}

  /**
   * A connection for a process that outlives outages, as a worker: calls are repeated for a minute.
   * Opens when first used.
   */
  public static WorkflowServiceStubs connect(TemporalEndpoint endpoint) {
    return WorkflowServiceStubs.newServiceStubs(options(endpoint).validateAndBuildWithDefaults());
  }

  /**
   * A connection for a process that somebody waits for: calls are repeated no longer than {@code
   * patience}. Opens when first used.
   */
  public static WorkflowServiceStubs connect(TemporalEndpoint endpoint, Duration patience) {
    return WorkflowServiceStubs.newServiceStubs(
        options(endpoint)
            .setRpcTimeout(patience)
            .setSystemInfoTimeout(patience)
            .setRpcRetryOptions(
                RpcRetryOptions.newBuilder()
                    .setInitialInterval(Duration.ofMillis(100))
                    .setExpiration(patience)
                    .validateBuildWithDefaults())
            .validateAndBuildWithDefaults());
  }

  /** A client of the endpoint's namespace. */
  public static WorkflowClient client(WorkflowServiceStubs stubs, TemporalEndpoint endpoint) {
    return WorkflowClient.newInstance(
        stubs,
        WorkflowClientOptions.newBuilder()
            .setNamespace(endpoint.namespace())
            .setDataConverter(PayloadJson.DATA_CONVERTER)
            .build());
  }

  private static WorkflowServiceStubsOptions.Builder options(TemporalEndpoint endpoint) {
    WorkflowServiceStubsOptions.Builder options =
        WorkflowServiceStubsOptions.newBuilder().setTarget(endpoint.address());
    if (endpoint.secured()) {
      options.setSslContext(sslContext(endpoint));
    }
    String apiKey = endpoint.apiKey();
    if (apiKey != null) {
      options.addApiKey(() -> apiKey);
    }
    return options;
  }

  private static SslContext sslContext(TemporalEndpoint endpoint) {
    try {
      SslContextBuilder builder = GrpcSslContexts.forClient();
      if (endpoint.serverCa() != null) {
        builder.trustManager(endpoint.serverCa().toFile());
      }
      if (endpoint.certificate() != null && endpoint.certificateKey() != null) {
        builder.keyManager(endpoint.certificate().toFile(), endpoint.certificateKey().toFile());
      }
      return builder.build();
    } catch (IOException e) {
      throw new UncheckedIOException("The certificates for Temporal cannot be used.", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The certificates for Temporal cannot be used: " + e.getMessage(), e);
    }
  }
}
