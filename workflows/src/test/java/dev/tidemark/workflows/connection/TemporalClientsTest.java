package dev.tidemark.workflows.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.namespace.v1.NamespaceInfo;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real handshakes with a server that answers what a client asks first. */
class TemporalClientsTest {

  @TempDir private static Path folder;
  private static SelfSigned server;
  private static SelfSigned worker;
  private static SelfSigned stranger;

  private final BlockingQueue<Metadata> headers = new LinkedBlockingQueue<>();
  private @Nullable Server listening;

  @BeforeAll
  static void createCertificates() throws Exception {
    server = SelfSigned.create(folder, "server");
    worker = SelfSigned.create(folder, "worker");
    stranger = SelfSigned.create(folder, "stranger");
  }

  @AfterEach
  void stop() {
    if (listening != null) {
      listening.shutdownNow();
    }
  }

  @Test
  void trustsTheServersAuthorityAndNoOther() throws Exception {
    String address = listen(false);

    assertThat(namespace(endpoint(address, null, server, null))).isEqualTo("shops");
    assertThatThrownBy(() -> namespace(endpoint(address, null, stranger, null)))
        .isInstanceOf(StatusRuntimeException.class);
    assertThatThrownBy(() -> namespace(TemporalEndpoint.plain(address, "shops")))
        .isInstanceOf(StatusRuntimeException.class);
  }

  @Test
  void showsItsCertificateToAServerThatWantsOne() throws Exception {
    String address = listen(true);

    assertThat(namespace(endpoint(address, worker, server, null))).isEqualTo("shops");
    assertThatThrownBy(() -> namespace(endpoint(address, stranger, server, null)))
        .isInstanceOf(StatusRuntimeException.class);
    assertThatThrownBy(() -> namespace(endpoint(address, null, server, null)))
        .isInstanceOf(StatusRuntimeException.class);
  }

  @Test
  void sendsItsApiKeyWithEveryCall() throws Exception {
    String address = listen(false);

    assertThat(namespace(endpoint(address, null, server, "secret"))).isEqualTo("shops");

    assertThat(headers).isNotEmpty();
    assertThat(headers)
        .allSatisfy(
            header ->
                assertThat(
                        header.get(
                            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER)))
                    .isEqualTo("Bearer secret"));
  }

  private static TemporalEndpoint endpoint(
      String address, @Nullable SelfSigned own, SelfSigned authority, @Nullable String apiKey) {
    return new TemporalEndpoint(
        address,
        "shops",
        true,
        own == null ? null : own.certificate(),
        own == null ? null : own.key(),
        authority.certificate(),
        apiKey);
  }

  private static String namespace(TemporalEndpoint endpoint) {
    WorkflowServiceStubs stubs = TemporalClients.connect(endpoint, Duration.ofSeconds(3));
    try {
      return stubs
          .blockingStub()
          .describeNamespace(
              DescribeNamespaceRequest.newBuilder().setNamespace(endpoint.namespace()).build())
          .getNamespaceInfo()
          .getName();
    } finally {
      stubs.shutdownNow();
    }
  }

  private String listen(boolean clientsMustShowCertificates) throws Exception {
    SslContextBuilder tls =
        GrpcSslContexts.forServer(server.certificate().toFile(), server.key().toFile());
    if (clientsMustShowCertificates) {
      tls.trustManager(worker.certificate().toFile()).clientAuth(ClientAuth.REQUIRE);
    }
    Server started =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sslContext(tls.build())
            .addService(new Frontend())
            .intercept(new HeaderLog())
            .build()
            .start();
    listening = started;
    return "localhost:" + started.getPort();
  }

  private final class HeaderLog implements ServerInterceptor {

    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
        ServerCall<A, B> call, Metadata header, ServerCallHandler<A, B> next) {
      headers.add(header);
      return next.startCall(call, header);
    }
  }

  private static final class Frontend extends WorkflowServiceGrpc.WorkflowServiceImplBase {

    @Override
    public void getSystemInfo(
        GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> answer) {
      answer.onNext(GetSystemInfoResponse.getDefaultInstance());
      answer.onCompleted();
    }

    @Override
    public void describeNamespace(
        DescribeNamespaceRequest request, StreamObserver<DescribeNamespaceResponse> answer) {
      answer.onNext(
          DescribeNamespaceResponse.newBuilder()
              .setNamespaceInfo(NamespaceInfo.newBuilder().setName(request.getNamespace()))
              .build());
      answer.onCompleted();
    }
  }
}
